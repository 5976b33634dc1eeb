import type { FeatureId } from "../../../answers/options.js";

/** One name of one module, as an import statement spells them. */
export interface Import {
  readonly module: string;
  readonly name: string;
}

/** Lines for a shared file, and what they need imported there. */
export interface Contribution {
  readonly imports: readonly Import[];
  /** Ready to print, in the indentation of the place where they go. */
  readonly lines: readonly string[];
}

/** A mail of `app/services/mail_text.py`, for projects that send some. */
export interface Mail {
  /** The audit event that it is about, as `AuditEvent` and `MailKind` spell it. */
  readonly kind: string;
  readonly subject: string;
  /** Lines of Python strings, ready to print; `{site}` is where the front end is. */
  readonly text: readonly string[];
}

/**
 * An optional part of a project. Its own files stand in `templates/fastapi/features/<id>/`, where a file
 * takes the place of the core's file of the same path; what it adds to files that every project has is said here.
 */
export interface Feature {
  readonly id: FeatureId;
  /** Revisions of its migrations, in order. The first one's `down_revision` is the view's `migrations.<id>`. */
  readonly migrations?: readonly string[];
  /** Modules of `app/api/v1` with a `router`. */
  readonly routers?: readonly string[];
  /** Module of `app/models` -> its classes. */
  readonly models?: Readonly<Record<string, readonly string[]>>;
  /** Modules of `app/management`. */
  readonly commands?: readonly string[];
  /** A base class of `Settings`, with the names of its method that lists problems and of its secret fields. */
  readonly settings?: Import & {
    readonly problems?: string;
    readonly secrets?: readonly string[];
  };
  /** Asynchronous context managers over the `FastAPI` object, open while the application serves. */
  readonly lifespans?: readonly Import[];
  /** Entries of `LIMITS` in `app/core/limits.py`. */
  readonly limits?: readonly string[];
  /** Names in `AuditEvent`. */
  readonly events?: readonly string[];
  /** In `app/services/auth.py`, once the password was right and before the session opens. */
  readonly signIn?: Contribution;
  /** In the same place, before the failures under the name are forgotten: what else proves who it is. */
  readonly proof?: Contribution;
  /** Lines in the same place once the session is open, before the sign-in is recorded. */
  readonly signedIn?: readonly string[];
  /** Checks of `app/services/step_up.py`, asked before dangerous changes. */
  readonly stepUp?: readonly Import[];
  /** In `app/services/user_admin.py`, when an account is deactivated: what no reactivation brings back. */
  readonly deactivation?: Contribution;
  /** In `app/services/user_admin.py`, once an account is locked and before it is removed. */
  readonly erasure?: Contribution;
  /** Mails to the owner of an account, where another part sends mail. */
  readonly mails?: readonly Mail[];
  /** In `app/services/second_factor.py`, where a change of a second factor has been recorded. */
  readonly factorChanged?: Contribution;
  /** Classes of `app/api` that stand for a way to say who calls, beside the access token. */
  readonly credentials?: readonly Import[];
  /** Fields of answers, as `Schema.field`, that show a secret to its owner, once. */
  readonly shownOnce?: readonly string[];
  /** In `gunicorn.conf.py`, what each worker is told of protocols beside HTTP. */
  readonly protocols?: Contribution;
  /** Operations that need no token, as `METHOD path`. */
  readonly publicRoutes?: readonly string[];
  /** Lines of `requirements.in` and `requirements-dev.in`, comments included. */
  readonly requirements?: readonly string[];
  readonly devRequirements?: readonly string[];
  /** Packages that mypy finds no types in. */
  readonly untyped?: readonly string[];
  /** Modules of `app/api` beside `app.api.deps`, below the routers. */
  readonly edge?: readonly string[];
  /** Modules below the edge that speak ASGI all the same, being defences. */
  readonly asgi?: readonly string[];
}
