import type { ReservedNames } from "../../../answers/names.js";
import { KEYWORDS, words } from "../words.js";

/** What PostgreSQL reserves, fully or for functions and types. */
const POSTGRESQL = words(`
  all analyse analyze and any array as asc asymmetric authorization between binary both case cast
  check collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user default deferrable desc
  distinct do else end except false fetch for foreign freeze from full grant group having ilike in
  initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural new not notnull null off offset old on only or order outer over overlaps
  placing primary references returning right select session_user similar some symmetric
  system_user table tablesample then to trailing true union unique user using variadic verbose when
  where window with
`);

/** What SQLite reserves, and what SQLAlchemy quotes there. */
const SQLITE = words(`
  add after all alter analyze and as asc attach autoincrement before begin between by cascade case
  cast check collate column commit conflict constraint create cross current_date current_time
  current_timestamp database default deferrable deferred delete desc detach distinct drop each else
  end escape except exclusive exists explain fail false for foreign from full glob group having if
  ignore immediate in index indexed initially inner insert instead intersect into is isnull join
  key left like limit match natural not nothing notnull null of offset on or order outer plan
  pragma primary query raise references reindex rename replace restrict returning right rollback
  row rowid select set table temp temporary then to transaction trigger true union unique update
  using vacuum values view virtual when where
`);

/** Columns that PostgreSQL keeps in every table. */
const SYSTEM_COLUMNS = words("cmax cmin ctid tableoid xmax xmin");

/** Attributes of every Pydantic model; a field would hide them. */
const PYDANTIC = words(`
  construct copy dict from_orm json model_computed_fields model_config model_construct model_copy
  model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema
  model_parametrized_name model_post_init model_rebuild model_validate model_validate_json
  model_validate_strings parse_file parse_obj parse_raw schema schema_json update_forward_refs
  validate
`);

/** What Pydantic keeps for methods to come: it warns of a field that begins so. */
const PYDANTIC_BEGINNINGS = ["model_dump", "model_validate"];

const SQLALCHEMY = words("metadata registry");

/** Names that annotations of the generated classes use: a field would hide them in its class. */
const TYPES = words(`
  bool bytes date datetime dict float int list mapped_column object property relationship set str
  tuple type
`);

/** Columns that a record has without being asked. */
const COLUMNS = words(`
  id created_at created_at_gte created_at_lte updated_at updated_at_gte updated_at_lte deleted_at
  owner_id owner
`);

/** Letters that the linter takes for digits. */
const AMBIGUOUS = words("l");

/** Parameters of every list. */
const PARAMETERS = words("cursor filters limit sort");

/** Modules, tables and paths of every project, singular and plural, of optional parts too. */
const MODULES = words(`
  account_view api_key api_key_auth api_key_use api_keys app audit audit_check audit_event
  audit_events audit_head audit_heads audit_log audit_record audit_records auth base cleanup cursor docs
  email email_address email_token email_tokens email_verification emails encrypted export file
  file_removal files health idempotency idempotency_key idempotency_keys key_rotation known_device
  known_devices live_bus live_session live_sessions login login_throttle login_throttles mail
  mail_attempt mail_cleanup mail_composition mail_delivery mail_text mailed_token me openapi outbox
  outgoing_mail outgoing_mails pagination password password_reset password_storage passwords
  personal quota readiness recovery_code recovery_codes refresh refresh_token
  refresh_tokens registration second_factor session session_life session_watch sessions step_up
  two_factor two_factor_rescue two_factors upload uploads user user_admin users utc_date_time verified_email
  verified_emails websocket websockets ws ws_ticket ws_tickets
`);

/** Classes that generated files import: a model of the same name would hide them. */
const CLASSES = words(`
  admin_user annotated any api_router app_error async_session base big_integer caller
  check_constraint ciphertext column composed conflict current_user date decimal double exact
  exact_decimal exact_out expected field float forbidden foreign_key html if_match_dep index input
  input_id int32 int64 json json_value list list_query literal mapped mapping not_found outcome
  output page page_params page_query page_request partial partial_update public_read_route query query_bool
  query_float query_int32 query_int64 read_session_dep reader record record_out repeatable_dep
  required_if_match_dep required_versions_dep response role secret secure_route self sequence slice
  session_dep settings_dep string table text unique_constraint url utc_time uuid versions_dep
`);

/** Variables and functions of generated files, beside which a row of the resource would stand. */
const VARIABLES = words(`
  actor admin admins count create created crud data datetime deleted_at detach expected fetch_page found get_admin
  id make_page mapped_column mine model_validator name next_cursor order_by owner owner_id query
  reader relationship repeatable require_own require_room require_version response router select
  service sortable status tagged target unreferenced utc_now value wanted
`);

/** Names of a resource, singular and plural, in snake case. */
export const reservedNames: readonly ReservedNames[] = [
  { reason: "a Python keyword", names: KEYWORDS },
  { reason: "a part of every generated project", names: MODULES },
  { reason: "a class that its files need themselves", names: CLASSES },
  { reason: "a name that its files use themselves", names: VARIABLES },
];

/** Tables are called by the plural alone. */
export const reservedTables: readonly ReservedNames[] = [
  { reason: "a reserved word of PostgreSQL", names: POSTGRESQL },
  { reason: "a reserved word of SQLite", names: SQLITE },
];

/** Names of a field. */
export const reservedFields: readonly ReservedNames[] = [
  { reason: "a Python keyword", names: KEYWORDS },
  { reason: "the name of the object in its own methods", names: words("self") },
  { reason: "a column that every record has", names: COLUMNS },
  { reason: "a parameter that every list has", names: PARAMETERS },
  { reason: "an attribute of every Pydantic model", names: PYDANTIC },
  { reason: "kept by Pydantic for its own", names: new Set(), beginnings: PYDANTIC_BEGINNINGS },
  { reason: "an attribute of every SQLAlchemy model", names: SQLALCHEMY },
  { reason: "a type that its class needs itself", names: TYPES },
  { reason: "too much like a digit", names: AMBIGUOUS },
  { reason: "what the unit of work alone does", names: words("commit"), of: "attributes" },
  { reason: "a reserved word of PostgreSQL", names: POSTGRESQL, of: "columns" },
  { reason: "a reserved word of SQLite", names: SQLITE, of: "columns" },
  { reason: "a system column of PostgreSQL", names: SYSTEM_COLUMNS, of: "columns" },
];
