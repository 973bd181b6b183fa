"""Users for the tests of the services and the window."""

from tracker.clinic.codes import Role

PASSPHRASES = {
    "Dr. Lin": "correct horse battery",
    "Wu": "clinic staple 22",
    "Ann": "data entry words",
    "Eva": "viewer only words",
}
ROLES = {"Dr. Lin": Role.ADMINISTRATOR, "Wu": Role.CLINICIAN, "Ann": Role.DATA_ENTRY, "Eva": Role.VIEWER}


def with_users(workspace):
    """Turn the users on, with one of every role; the administrator, Dr. Lin, stays signed in."""
    workspace.people.turn_on("Dr. Lin", PASSPHRASES["Dr. Lin"])
    for name, role in ROLES.items():
        if name != "Dr. Lin":
            workspace.people.add(name, role, PASSPHRASES[name])
    return workspace


def sign_in(workspace, name):
    workspace.sign_in(name, PASSPHRASES[name])


def key_of(workspace, name):
    with workspace.store.read() as reader:
        return next(user.id for user in reader.users() if user.name == name)
