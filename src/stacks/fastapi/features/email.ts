import type { Feature } from "./feature.js";

/** Mail that proves addresses: verification, forgotten passwords, moves to another address. */
export const email: Feature = {
  id: "email",
  migrations: ["20260101_0010"],
  routers: ["email"],
  models: {
    email_token: ["EmailToken"],
    outgoing_mail: ["OutgoingMail"],
    verified_email: ["VerifiedEmail"],
  },
  commands: ["mail"],
  settings: {
    module: "app.core.mail_settings",
    name: "MailSettings",
    problems: "mail_problems",
    secrets: ["smtp_url", "smtp_password"],
  },
  lifespans: [{ module: "app.api.mail_sending", name: "sending_mail" }],
  limits: [
    '"forgot_password": Limit("10/hour", "POST /auth/forgot-password", is_auth=True),',
    '"reset_password": Limit("10/hour", "POST /auth/reset-password", is_auth=True),',
    '"verify_email": Limit("10/hour", "POST /auth/verify-email", is_auth=True),',
    "# Mail to one address, or at the wish of one user.",
    '"mail": Limit("3/hour", is_auth=True),',
  ],
  events: ["PASSWORD_RESET", "EMAIL_VERIFIED"],
  signIn: {
    imports: [{ module: "app.services.email_verification", name: "require_verified" }],
    lines: ["await require_verified(session, user)"],
  },
  factorChanged: {
    imports: [
      { module: "app.core.mail_kinds", name: "MailKind" },
      { module: "app.services", name: "outbox" },
    ],
    lines: ["await outbox.queue(session, MailKind(event.value), user.email)"],
  },
  edge: ["app.api.mail_limits", "app.api.mail_sending"],
  publicRoutes: [
    "POST /api/v1/auth/forgot-password",
    "POST /api/v1/auth/reset-password",
    "POST /api/v1/auth/verify-email",
  ],
  requirements: ["", "# Mail", "aiosmtplib>=5               # does not block the event loop"],
  devRequirements: ["", "# The mail server of the tests", "aiosmtpd>=1.4.6"],
};
