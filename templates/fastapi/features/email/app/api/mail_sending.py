"""Sends mail beside the requests, as long as the application serves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.services.mail_delivery import MailDelivery


@asynccontextmanager
async def sending_mail(api: FastAPI) -> AsyncIterator[None]:
    delivery = MailDelivery(api.state.sessions, api.state.settings)
    delivery.start()
    try:
        yield
    finally:
        await delivery.stop()
