// On every page. Nothing here is needed for a page to work.
import { keepTyping } from "./keep-typing.js";
import { leaveQuickly } from "./leave.js";

keepTyping(document, sessionStorage);
leaveQuickly(document, sessionStorage);
