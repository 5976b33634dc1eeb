import type { Feature } from "./feature.js";

/** Keys with which programs act for a user, on the routes that hold the user's own data. */
export const apiKeys: Feature = {
  id: "api-keys",
  migrations: ["20260101_0030"],
  routers: ["api_keys"],
  models: { api_key: ["ApiKey"] },
  settings: { module: "app.core.api_key_settings", name: "ApiKeySettings" },
  credentials: [{ module: "app.api.api_keys", name: "ApiKeyCredential" }],
  lifespans: [{ module: "app.api.api_keys", name: "note_api_key_uses" }],
  limits: ['"create_api_key": Limit("20/hour", "POST /api-keys"),'],
  events: ["API_KEY_CREATED", "API_KEY_REVOKED"],
  deactivation: {
    imports: [{ module: "app.crud", name: "api_key as api_key_crud" }],
    lines: ["await api_key_crud.remove_all(session, owner_id=user.id)"],
  },
  edge: ["app.api.api_keys"],
};
