import type { Feature } from "./feature.js";

/** A code from an authenticator app beside the password, and what makes that worth something. */
export const twoFactor: Feature = {
  id: "two-factor",
  migrations: ["20260101_0020"],
  routers: ["two_factor"],
  models: { two_factor: ["RecoveryCode", "TwoFactor"] },
  commands: ["two_factor"],
  limits: [
    '"start_two_factor": Limit("10/hour", "POST /auth/two-factor", is_auth=True),',
    '"confirm_two_factor": Limit("10/minute", "POST /auth/two-factor/confirm", is_auth=True),',
    '"renew_recovery_codes": Limit(',
    '    "10/minute", "POST /auth/two-factor/recovery-codes", is_auth=True',
    "),",
    '"disable_two_factor": Limit("10/minute", "DELETE /auth/two-factor", is_auth=True),',
  ],
  events: [
    "TWO_FACTOR_ENABLED",
    "TWO_FACTOR_DISABLED",
    "RECOVERY_CODE_USED",
    "RECOVERY_CODES_RENEWED",
  ],
  proof: {
    imports: [
      { module: "app.services.second_factor", name: "check_second_factor" },
      { module: "app.services.second_factor", name: "record_factor" },
    ],
    lines: [
      "factor = await check_second_factor(session, settings, user, attempt.form.otp, checked.device_id)",
    ],
  },
  signedIn: ["await record_factor(session, user, factor)"],
  stepUp: [{ module: "app.services.second_factor", name: "check_step_up" }],
  mails: [
    {
      kind: "TWO_FACTOR_ENABLED",
      subject: "Your second factor is on",
      text: [
        '"Signing in to your account takes a code of an authenticator app from now on, and every"',
        '" other\\nsign-in has ended."',
      ],
    },
    {
      kind: "TWO_FACTOR_DISABLED",
      subject: "Your second factor is off",
      text: [
        '"The password alone signs in to your account from now on, and every other sign-in has"',
        '" ended."',
      ],
    },
    {
      kind: "RECOVERY_CODES_RENEWED",
      subject: "You have new recovery codes",
      text: ['"Your account has new recovery codes. The old ones are worth nothing any more."'],
    },
    {
      kind: "RECOVERY_CODE_USED",
      subject: "A recovery code was used",
      text: ['"Somebody has shown a recovery code instead of a code of your authenticator app."'],
    },
  ],
  shownOnce: ["NewSecretOut.secret"],
};
