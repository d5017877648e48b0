"""The action server: rasa-sdk's executor behind a small ASGI application, on the private network only.

rasa-sdk's own server (Sanic) cannot share a process with the rest; the protocol is one POST.
"""

import hmac
import json
import logging
import zlib

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.answer_topic import AnswerTopic, ExplainMore
from actions.booking import (
    AskBookingTold,
    AskCancellingTold,
    AskMovingTold,
    BookConversation,
    CancelConversation,
    RescheduleConversation,
    ShowConversations,
    ValidateBookingForm,
    ValidateCancellingForm,
    ValidateMovingForm,
)
from actions.calculate_income import AskIncomeTold, CalculateIncome, ValidateCalculateIncomeForm
from actions.cancel_form import CancelForm
from actions.delete_my_data import AskDeleteConfirmed, DeleteMyData, ValidateDeleteMyDataForm
from actions.desk import Desk
from actions.link_case import LinkCase
from actions.log_search_effort import AskEffortTold, LogSearchEffort, ValidateLogSearchEffortForm
from actions.my_agreements import MyAgreements
from actions.my_data import MyData
from actions.not_understood import NotUnderstood
from actions.reminders import MyReminders, StopReminders
from actions.report_change import AskChangeKind, ReportChange, ValidateReportChangeForm
from actions.switch_language import SwitchLanguage
from actions.talk_to_human import TalkToHuman
from actions.work_checklist import (
    AskWorkStart,
    ChecklistItem,
    ValidateWorkChecklistForm,
    WorkChecklist,
)

log = logging.getLogger(__name__)

ACTIONS = (
    AnswerTopic,
    AskBookingTold,
    AskCancellingTold,
    AskChangeKind,
    AskDeleteConfirmed,
    AskEffortTold,
    AskIncomeTold,
    AskMovingTold,
    AskWorkStart,
    BookConversation,
    CalculateIncome,
    CancelConversation,
    CancelForm,
    ChecklistItem,
    DeleteMyData,
    ExplainMore,
    LinkCase,
    LogSearchEffort,
    MyAgreements,
    MyData,
    MyReminders,
    NotUnderstood,
    ReportChange,
    RescheduleConversation,
    ShowConversations,
    StopReminders,
    SwitchLanguage,
    TalkToHuman,
    ValidateBookingForm,
    ValidateCalculateIncomeForm,
    ValidateCancellingForm,
    ValidateDeleteMyDataForm,
    ValidateLogSearchEffortForm,
    ValidateMovingForm,
    ValidateReportChangeForm,
    ValidateWorkChecklistForm,
    WorkChecklist,
)


def make_executor(desk: Desk) -> ActionExecutor:
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action(desk))
    return executor


def make_app(desk: Desk, token: str) -> Starlette:
    """`POST /webhook` with `Authorization: Bearer <token>`, the token that Rasa and we share."""
    executor = make_executor(desk)

    async def webhook(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
            return Response(status_code=401)
        try:
            call = await _read(request)
        except (ValueError, zlib.error):
            return JSONResponse({"error": "not a call"}, status_code=400)
        return await _run(executor, call)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(routes=[Route("/webhook", webhook, methods=["POST"]), Route("/health", health)])


async def _read(request: Request) -> dict[str, object]:
    """Raises ValueError or zlib.error when the body is not a call of Rasa."""
    body = await request.body()
    if request.headers.get("content-encoding") == "deflate":
        body = zlib.decompress(body)
    call = json.loads(body)
    if not isinstance(call, dict):
        raise ValueError("a call is a mapping")
    return call


async def _run(executor: ActionExecutor, call: dict[str, object]) -> Response:
    name = call.get("next_action")
    # Rasa sends the domain only to actions that use it; this kit of a later version insists on something.
    call["domain"] = call.get("domain") or {}
    try:
        result = await executor.run(call)
    except ActionExecutionRejection as rejection:
        return JSONResponse({"error": str(rejection), "action_name": rejection.action_name}, status_code=400)
    except ActionNotFoundException as missing:
        return JSONResponse({"error": str(missing), "action_name": missing.action_name}, status_code=404)
    except Exception:
        # Rasa then sends no answer, and the turn says sorry. The trace holds no text of the resident.
        log.exception("action failed", extra={"action": name})
        return JSONResponse({"error": "action failed", "action_name": name}, status_code=500)
    return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})
