"""The benchmark's dialogue as bots are usually written: a library's own states and storage."""

import asyncio
import json
import warnings
from contextlib import asynccontextmanager
from pathlib import Path

from aiogram import Bot, Dispatcher, F
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import MetaData, event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy_storage import SQLAlchemyStorage
from telegram import InlineKeyboardButton as PtbButton
from telegram import InlineKeyboardMarkup as PtbMarkup
from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.warnings import PTBUserWarning

from storage.connections.sqlite import PRAGMAS, WRITE_AHEAD
from tests.bench.talking import TOKEN, AtOnceRequest, AtOnceSession, BotApi

WHO = ("Labdien! Es esmu programma, nevis cilvēks. Kura situācija ir vistuvākā?",
       ("Mācos 5.–9. klasē", "Mācos vidusskolā", "Strādāju", "Nestrādāju", "Palīdzu bērnam", "Kas cits"))  # fmt: skip
AGE = ("Cik gadu?", ("Mazāk nekā 13", "13–17", "18 vai vairāk"))
KEEP = (
    "Cik ilgi glabāt atbildes?",
    ("180\u00a0dienas, lai var turpināt vēlāk", "Divas stundas, tikai šai reizei"),
)
END = ("Ko darām tālāk?", ("Atbalsts", "Ceļi", "Saruna ar cilvēku"))


class Asked(StatesGroup):
    who, age, keep = State(), State(), State()


def keys(labels, button, markup):
    return markup([[button(text=label, callback_data=str(at))] for at, label in enumerate(labels)])


async def ask(message: Message, question) -> None:
    shown = keys(question[1], InlineKeyboardButton, _aiogram_markup)
    await message.answer(question[0], reply_markup=shown)


def _aiogram_markup(rows):
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def started(message: Message, state: FSMContext) -> None:
    await state.set_state(Asked.who)
    await ask(message, WHO)


async def who(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    await state.update_data(who=query.data)
    await state.set_state(Asked.age)
    await query.message.edit_text(f"{WHO[0]}\n✓ {WHO[1][int(query.data)]}")
    await ask(query.message, AGE)


async def age(message: Message, state: FSMContext) -> None:
    await state.update_data(age=message.text)
    await state.set_state(Asked.keep)
    await ask(message, KEEP)


async def keep(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    await state.clear()
    await query.message.edit_text(f"{KEEP[0]}\n✓ {KEEP[1][int(query.data)]}")
    await ask(query.message, END)


def dispatcher_on(storage: BaseStorage) -> Dispatcher:
    """Make the dispatcher of the dialogue."""
    made = Dispatcher(storage=storage)
    made.message.register(started, CommandStart())
    made.callback_query.register(who, Asked.who)
    made.message.register(age, Asked.age, F.text)
    made.callback_query.register(keep, Asked.keep)
    return made


@asynccontextmanager
async def aiogram_in_memory(here: BotApi, folder: Path, storage: BaseStorage | None = None):
    """Give aiogram's way, in memory unless a storage is given."""
    bot = Bot(TOKEN, session=AtOnceSession(here))
    dispatcher = dispatcher_on(storage or MemoryStorage())

    async def give(body: bytes) -> None:
        await dispatcher.feed_raw_update(bot, json.loads(body))

    yield give


@asynccontextmanager
async def aiogram_in_tables(here: BotApi, folder: Path):
    """Give the same, its states in SQLite as durable and as well set up as ours.

    One update after the other: with 32 at once it ends in "database is locked".
    """
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/fsm.db")

    @event.listens_for(engine.sync_engine, "connect")
    def prepared(connection, _record):
        for pragma in (WRITE_AHEAD, *PRAGMAS):
            connection.execute(pragma)

    tables = MetaData()
    storage = SQLAlchemyStorage(async_sessionmaker(engine, expire_on_commit=False), tables)
    async with engine.begin() as connection:
        await connection.run_sync(tables.create_all)
    turn = asyncio.Lock()
    async with aiogram_in_memory(here, folder, storage) as free:

        async def give(body: bytes) -> None:
            async with turn:
                await free(body)

        yield give
    await engine.dispose()


async def ptb_ask(message, question) -> None:
    await message.reply_text(question[0], reply_markup=keys(question[1], PtbButton, PtbMarkup))


async def ptb_started(update, context):
    await ptb_ask(update.message, WHO)
    return 0


async def ptb_who(update, context):
    query = update.callback_query
    await query.answer()
    context.user_data["who"] = query.data
    await query.edit_message_text(f"{WHO[0]}\n✓ {WHO[1][int(query.data)]}")
    await ptb_ask(query.message, AGE)
    return 1


async def ptb_age(update, context):
    context.user_data["age"] = update.message.text
    await ptb_ask(update.message, KEEP)
    return 2


async def ptb_keep(update, context):
    query = update.callback_query
    await query.answer()
    context.user_data.clear()
    await query.edit_message_text(f"{KEEP[0]}\n✓ {KEEP[1][int(query.data)]}")
    await ptb_ask(query.message, END)
    return ConversationHandler.END


@asynccontextmanager
async def ptb_pickled(here: BotApi, folder: Path):
    """Give PTB's way: one update after the other, everything pickled after each."""
    warnings.filterwarnings("ignore", "If 'per_message", PTBUserWarning)
    builder = ApplicationBuilder().token(TOKEN).updater(None).request(AtOnceRequest(here))
    builder.get_updates_request(AtOnceRequest(here)).job_queue(None)
    application = builder.persistence(PicklePersistence(folder / "pickled")).build()
    states = {
        0: [CallbackQueryHandler(ptb_who)],
        1: [MessageHandler(filters.TEXT, ptb_age)],
        2: [CallbackQueryHandler(ptb_keep)],
    }
    begin = [CommandHandler("start", ptb_started)]
    application.add_handler(ConversationHandler(begin, states, [], name="talk", persistent=True))
    await application.initialize()
    turn = asyncio.Lock()

    async def give(body: bytes) -> None:
        async with turn:
            await application.process_update(Update.de_json(json.loads(body), application.bot))
            await application.update_persistence()

    yield give
    await application.shutdown()
