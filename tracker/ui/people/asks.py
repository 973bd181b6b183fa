"""What can be asked about the users of a file: the words, the fields, and the verb that answers it."""

from typing import TYPE_CHECKING

from tracker.clinic.codes import Role
from tracker.core.messages import tr
from tracker.core.places import ServerAddress
from tracker.ui.people.ask import AGAIN, NAME, NEW, NOW, ROLE, Ask, Values

if TYPE_CHECKING:
    from tracker.clinic.records import User
    from tracker.services.workspace import Workspace


class Asks:
    """Makes them for one open file."""

    def __init__(self, workspace: "Workspace", actor: str) -> None:
        self._people, self._actor = workspace.people, actor
        self._encrypted = _is_encrypted(workspace)

    def turn_on(self) -> Ask:
        """Ask for the first user."""
        if self._encrypted:
            words = tr("You become the first administrator. The passphrase of the file becomes yours.")
            secret: tuple[str, ...] = (NOW,)
        else:
            words = tr(
                "You become the first administrator, and this program opens the file by passphrase only. Other "
                "programs can still read a file that is not encrypted."
            )
            secret = (NEW, AGAIN)
        return Ask(
            title=tr("Set up users"),
            words=words,
            fields=(NAME, *secret),
            values={NAME: self._actor},
            press=tr("Set up"),
            do=lambda given: self._people.turn_on(given[NAME], given[secret[0]]),
            done=tr("You are signed in as administrator. Add the others now."),
        )

    def turn_off(self) -> Ask:
        """Ask to go back to a file of one person."""
        return Ask(
            title=tr("Do without users"),
            words=tr(
                "Nobody else can open the file in this program then, and nobody signs in; the names stay in the audit."
            ),
            fields=(NOW,),
            press=tr("Do without users"),
            do=lambda given: self._people.turn_off(given[NOW]),
            done=tr("The file has no users any more."),
        )

    def add(self) -> Ask:
        """Ask for one more user."""
        return Ask(
            title=tr("Add a user"),
            words=role_words(),
            fields=(NAME, ROLE, NEW, AGAIN),
            values={ROLE: Role.DATA_ENTRY.value},
            press=tr("Add"),
            do=lambda given: self._people.add(given[NAME], Role(given[ROLE]), given[NEW]),
            done=tr("Added. Tell them the passphrase; they can change it here."),
        )

    def change(self, user: "User") -> Ask:
        """Ask for another name or role; the passphrase of an encrypted file belongs to the name."""

        def do(given: Values) -> None:
            if given[NAME].strip() != user.name:
                self._people.rename(user.id, given[NAME], given.get(NEW) or None)
            if given[ROLE] != user.role.value:
                self._people.change_role(user.id, Role(given[ROLE]))

        return Ask(
            title=tr("Change {name}", name=user.name),
            words=role_words(),
            fields=(NAME, ROLE, NEW, AGAIN) if self._encrypted else (NAME, ROLE),
            optional=True,
            values={NAME: user.name, ROLE: user.role.value},
            press=tr("Save"),
            do=do,
            done=tr("Changed."),
        )

    def passphrase(self, user: "User") -> Ask:
        """Ask for the new passphrase of who forgot theirs."""
        return Ask(
            title=tr("New passphrase for {name}", name=user.name),
            words=tr("The one before opens nothing any more."),
            fields=(NEW, AGAIN),
            press=tr("Set it"),
            do=lambda given: self._people.set_passphrase(user.id, given[NEW]),
            done=tr("{name} has a new passphrase.", name=user.name),
        )

    def disable(self, user: "User") -> Ask:
        """Ask whether to shut somebody out."""
        return Ask(
            title=tr("Disable {name}", name=user.name),
            words=tr("{name} can no longer sign in. What they recorded stays under their name.", name=user.name),
            fields=(),
            press=tr("Disable"),
            do=lambda _given: self._people.disable(user.id),
            done=tr("{name} is disabled.", name=user.name),
        )

    def enable(self, user: "User") -> Ask:
        """Ask for the passphrase of who may work again."""
        return Ask(
            title=tr("Let {name} work again", name=user.name),
            words=tr("With a new passphrase, which you tell them."),
            fields=(NEW, AGAIN),
            press=tr("Let work again"),
            do=lambda given: self._people.enable(user.id, given[NEW]),
            done=tr("{name} may sign in again.", name=user.name),
        )

    def own(self) -> Ask:
        """Ask for one's own new passphrase."""
        return Ask(
            title=tr("My passphrase"),
            words=tr("The one before opens nothing any more."),
            fields=(NOW, NEW, AGAIN),
            press=tr("Change it"),
            do=lambda given: self._people.change_own_passphrase(given[NOW], given[NEW]),
            done=tr("Your passphrase is changed."),
        )


def role_words() -> str:
    """Say what each role may do."""
    return tr(
        "Viewer: sees everything, changes and prints nothing. Data entry: records patients, visits and scores; "
        "removes, exports and prints nothing. Clinician: everything clinical, with export and report. "
        "Administrator: also users, security and restoring."
    )


def _is_encrypted(workspace: "Workspace") -> bool:
    from tracker.services.security import FileState, state_of

    place = workspace.place
    return not isinstance(place, ServerAddress) and state_of(place) is FileState.ENCRYPTED
