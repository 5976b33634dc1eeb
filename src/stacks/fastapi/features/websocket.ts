import type { Feature } from "./feature.js";

/** WebSocket connections of people who have signed in, opened with a ticket. */
export const websocket: Feature = {
  id: "websocket",
  migrations: ["20260101_0040"],
  routers: ["ws"],
  models: { ws_ticket: ["WsTicket"] },
  settings: { module: "app.core.live_settings", name: "LiveSettings" },
  lifespans: [{ module: "app.api.live", name: "hold_connections" }],
  limits: [
    '"issue_ws_ticket": Limit("30/minute", "POST /ws/tickets"),',
    '"open_ws": Limit("120/minute"),',
  ],
  requirements: ["", "# WebSocket connections, behind uvicorn", "websockets>=16"],
  protocols: {
    imports: [{ module: "app.core.socket_protocol", name: "StrictSocket" }],
    lines: ['"ws": StrictSocket,'],
  },
  edge: ["app.api.live"],
};
