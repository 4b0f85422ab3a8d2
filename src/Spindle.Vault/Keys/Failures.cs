// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Vault.Keys;

/// <summary>What can't be done with the keys of a vault, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException OddKeyName(string name) => new(new("usage", $"'{name}' can't be the name of a key", "up to 64 letters, digits and signs, without blanks"));

    public static OperationFailedException OddRights(string rights) => new(new("usage", $"'{rights}' are no rights", "r to read, w to write, d to delete: --rights rw"));

    public static OperationFailedException KeyExists(string name) => new(new("vault-key-exists", $"there is a key {name} already", "'spindle vault key remove' takes it away"));

    public static OperationFailedException NoSuchKey(string name) => new(new("no-such-vault-key", $"there is no key {name}", "'spindle vault key list' tells which there are"));

    public static OperationFailedException KeysUnusable(string path, Exception cause) => new(
        new("vault-keys-unusable", $"the keys in {path} can't be read: {cause.Message}", "mend the file, or remove it and make new keys"), cause);
}
