"""Who reaches which page and which act: written by hand, one line a route. A route without a line fails the test.

People, a letter each:

    S  a user of SIP at a unit outside the case       I  at a unit that is invited and has not answered
    F  at a unit that is informed only                L  at a unit that has left the case
    R  at a unit in the case, without a right in SIP  a  at a unit in the case, may answer only
    m  at a unit in the case, may do both             c  the coordinator
    D  administrator of the coordinator's department, without a right in SIP
    U  superuser at the coordinator's unit, may do both

Everybody else than those named gets 404, the same as for what does not exist (in administration, where nothing is
secret, also 403 with the reason). The anonymous and those without a unit
come to login and to the choice of unit whatever they ask for, except the routes in OPEN and WITHOUT_UNIT.
`act` names who may change anything by the POST; for all others the log shows that nothing was done.
"""

from dataclasses import dataclass

ALL = "SIFLRamcDU"
SIP = "SIFLamcU"
CASE = "IFLamcU"
IN = "amcU"
KEPT = "LamcU"
RECEIVED = "ILamcU"


@dataclass(frozen=True)
class Line:
    """Who is let in by GET and by POST ("" for a method that the route does not have), and whom a POST may serve."""

    get: str = ""
    post: str = ""
    act: str = ""


def page(who: str) -> Line:
    return Line(get=who)


def act(who: str, *, door: str = IN) -> Line:
    return Line(post=door, act=who)


def both(who: str, *, door: str = IN) -> Line:
    return Line(get=door, post=door, act=who)


# Not of the case: no login, or their own.
OPEN = {
    "accounts:start", "accounts:login", "operations:live", "operations:ready", "web:language",
    "web:components", "web:sample",
}  # fmt: skip
WITHOUT_UNIT = {
    "accounts:kept", "accounts:logout", "accounts:me", "accounts:password", "accounts:session",
    "accounts:end_other_sessions", "assignments:choose_unit", "assignments:change_unit",
}  # fmt: skip

TABLE: dict[str, Line] = {
    # The list
    "overview:sip": page(ALL),
    "overview:changes": page(SIP),
    "overview:search": Line(get=SIP, post=SIP, act=SIP),
    # Nobody here has a right in discharges: led to what there is for them, else as if there were none.
    "overview:discharge": page(ALL),
    "overview:discharge_changes": page(""),
    "overview:discharge_search": both("", door=""),
    "overview:administer": page(ALL),
    # New case
    "sip:new": both("SIFLmcU", door=ALL),
    "sip:create": act("SIFLmcU", door=ALL),
    # The case itself
    "sip:case": page(CASE),
    "sip:part": page(KEPT),
    "sip:take_on": both("", door=""),
    "sip:coordinator": both("c"),
    "sip:units": page(IN),
    "sip:name_handler": act(IN, door=CASE),
    "sip:remove_unit": both("c"),
    "sip:person": both(IN),
    "sip:related": act(IN),
    "sip:correct_number": both("c"),
    "sip:link_number": both("mcU", door=IN),
    "sip:new_number": both("mcU", door=IN),
    "sip:undo_identity": both("c", door=IN),
    "sip:join": both("c", door=IN),
    "sip:join_decline": both("c", door=IN),
    # The person of the table's case is not protected, so nothing is lowered, opened or taken back.
    "sip:find_protection": both("", door="D"),
    "sip:lower_protection": both("", door="D"),
    "sip:open_contacts": both("", door="D"),
    "sip:undo_lowering": act("", door=CASE),
    "sip:consent": both(IN),
    "sip:withdraw_consent": both(IN),
    "sip:end": both("c"),
    "sip:without_coordinator": page("DU"),
    "sip:replace_coordinator": both("", door=""),
    # Messages: a unit outside the whole case reaches those that it has received
    "sip:draft": act(IN, door="FamcU"),
    "sip:check": both("mcU"),
    "sip:discard": Line(get="FamcU", post=ALL, act=IN),
    "sip:answer": act("I", door=RECEIVED),
    "sip:add_recipients": both("mcU", door=RECEIVED),
    "sip:send_on": both("mcU", door=RECEIVED),
    "sip:set_aside": both("mcU", door=RECEIVED),
    "sip:external": both(IN, door=RECEIVED),
    "sip:take_back": act("cU", door=RECEIVED),
    "sip:message_anew": act("", door=RECEIVED),
    "sip:void_message": both("c", door=RECEIVED),
    # Plan: a unit that has left keeps the editions signed until then
    "sip:begin_plan": act(IN, door=CASE),
    "sip:save_plan": act(IN, door=KEPT),
    "sip:goal_new": both(IN, door=KEPT),
    "sip:goal": both(IN, door=KEPT),
    "sip:goal_remove": act(IN, door=ALL),
    "sip:goal_restore": act(IN, door=CASE),
    "sip:activity_new": both(IN, door=KEPT),
    "sip:activity": both(IN, door=KEPT),
    "sip:activity_remove": act(IN, door=ALL),
    "sip:activity_restore": act(IN, door=CASE),
    "sip:law": both(IN, door=KEPT),
    "sip:plan_people": act("", door=CASE),
    "sip:participant_add": both(IN, door=KEPT),
    "sip:participant_people": act("", door=CASE),
    "sip:participant_person": both(IN, door=KEPT),
    "sip:participant_attendance": act(IN, door=ALL),
    "sip:participant_remove": act(IN, door=ALL),
    "sip:participant_restore": act(IN, door=CASE),
    "sip:sign": both(IN, door=KEPT),
    "sip:edit": act(IN, door=CASE),
    "sip:drop": Line(get=KEPT, post=CASE, act=IN),
    "sip:take_over": act("cU", door=CASE),
    "sip:lock": both("c", door=KEPT),
    "sip:unlock": Line(get=KEPT, post=CASE, act="c"),
    "sip:void_plan": both("c", door=KEPT),
    "sip:print": act(IN, door=KEPT),
    "sip:print_wait": page(KEPT),
    "sip:handover": both(IN, door=KEPT),
    "sip:compare": page(KEPT),
    "sip:history": page(KEPT),
    "sip:history_version": page(KEPT),
    "sip:discard_unsaved": act(ALL, door=ALL),
    # Follow-up to ending
    "sip:earlier": page(""),
    "sip:new_plan": both("mcU", door=KEPT),
    "sip:cancel_new_plan": both("c", door=KEPT),
    "sip:follow_up_activate": act(IN, door=CASE),
    "sip:follow_up_report": act(IN),
    "sip:follow_up_discard": act(IN),
    "sip:follow_up_lock": both("c"),
    "sip:follow_up_open": act("c", door=CASE),
    "sip:follow_up_void": both("c"),
    "sip:follow_up_schedule": act("c"),
    "sip:evaluation_begin": act(IN, door=CASE),
    "sip:evaluation_sign": both(IN),
    "sip:evaluation_edit": act(IN, door=CASE),
    "sip:evaluation_drop": Line(get=IN, post=CASE, act=IN),
    "sip:evaluation_take_over": act(IN, door=CASE),
    "sip:evaluation_lock": both("c"),
    "sip:evaluation_void": both("c"),
    # SBAR is switched off in the county of the test: the pages say so, and nothing is begun or signed
    "sip:sbar_begin": act("", door=CASE),
    "sip:sbar_sign": both(""),
    # What everybody who has logged in has
    "drafts:save": Line(post=ALL, act=ALL),
    "notifications:folder": page(ALL),
    "organisations:address_book": page(ALL),
    "organisations:search": page(ALL),
    "organisations:unit": page(ALL),
    # Administration
    "assignments:users": both("D", door="D"),
    "assignments:user_new": both("D", door="D"),
    "assignments:user": both("D", door="D"),
    "assignments:user_active": act("D", door="D"),
    "assignments:user_password": act("D", door="D"),
    "assignments:users_export": act("D", door="D"),
    "assignments:users_import": both("D", door="D"),
    "assignments:users_import_check": both("D", door="D"),
    "assignments:first_passwords": page("D"),
    "assignments:assignment_new": both("D", door="D"),
    "assignments:assignment_end": both("D", door="D"),
    "assignments:rights": page("D"),
    "assignments:rights_of": both("D", door="D"),
    "assignments:roles": page("D"),
    "assignments:role_new": both("D", door="D"),
    "assignments:role_end": act("D", door="D"),
    "assignments:staff": page("D"),
    # The unit of the table belongs to another department than D's; test_scope.py has the others.
    "assignments:staff_of": page(""),
    "assignments:appoint": act("D", door="RcDU"),
    "organisations:tree": page("D"),
    "organisations:place": both("D", door="D"),
    "organisations:add": both("D", door="D"),
    "organisations:add_principal": both("", door=""),
    "organisations:close": both("D", door="D"),
    "organisations:notices": both("D", door="D"),
    "organisations:reopen": act("D", door="D"),
    "organisations:export": page(""),
    "organisations:import": both("", door=""),
    "organisations:import_check": both("", door=""),
    "organisations:settings": page("D"),
    "organisations:setting": both("", door=""),
    "organisations:department_settings": page("D"),
    "organisations:department_setting": both("D", door="D"),
}

# Routes that write by GET, so whenever their page is looked at, each with its reason.
GETS_THAT_WRITE = {
    # A button beside the text would let a message be read, and still be taken back as unread.
    "sip:part": "who may answer for the unit has opened a message by reading its page (V-31, V-95)",
    "assignments:choose_unit": "who has one unit only is at work there when the login leads here",
}
