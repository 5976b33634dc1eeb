import type { View } from "../../stack.js";
import { actorsOf, readerArg, readerParam } from "./actors.js";
import type { Shape } from "./shape.js";

/** What the template of the routes says. */
export function routerView(shape: Shape): View {
  const { one, Class, proses, prose, some, many, path, isOwned, resource } = shape;
  const { publicRead, auditReads, requireIfMatch } = resource.flags;
  const actors = actorsOf(shape);
  const isMine = isOwned && !publicRead;
  const guard = ", dependencies=ADMINISTRATORS";
  const user = isOwned ? "user: CurrentUser, " : "user: AdminUser, ";
  const reader = readerParam(publicRead);
  return {
    one,
    Class,
    some,
    many,
    path,
    proses,
    param: `{${one}_id}`,
    readSession: auditReads ? "SessionDep" : "ReadSessionDep",
    routeClass: publicRead ? "PublicReadRoute" : "SecureRoute",
    listUser: actors.reads || !publicRead ? reader : "",
    // A list that is the same for everybody is bound to nobody.
    pageOf: publicRead ? "None" : "user",
    readUser: actors.reads ? reader : "",
    readerArg: readerArg(publicRead, actors),
    writeUser: actors.writes ? user : "",
    writerArg: actors.writes ? ", user" : "",
    ownUser: actors.owns ? user : "",
    ownUserArg: actors.owns ? ", user" : "",
    guards: isOwned ? [] : ["ADMINISTRATORS = [Depends(get_admin)]"],
    guard: actors.writes ? "" : guard,
    guardOfDelete: actors.owns ? "" : guard,
    versionsDep: requireIfMatch ? "RequiredVersionsDep" : "VersionsDep",
    ifMatchDep: requireIfMatch ? "RequiredIfMatchDep" : "IfMatchDep",
    yours: isMine ? `your ${proses}` : proses,
    oneOfYours: isMine ? `one of your ${proses}` : some,
    oneOfYoursToWrite: isOwned ? `one of your ${proses}` : some,
    ofYourOwn: isOwned ? " of your own" : "",
    prose,
  };
}
