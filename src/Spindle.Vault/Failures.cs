// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Vault;

/// <summary>What can't be done with a vault, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException NoVault(string catalogue) => new(new(
        "no-vault", $"{catalogue} has no vault", "'spindle vault init --landing DIR' makes one"));

    public static OperationFailedException VaultExists(string catalogue, string landing) => new(new(
        "vault-exists", $"{catalogue} has a vault already, whose landing is {landing}", "--catalogue names another catalogue"));

    public static OperationFailedException LandingInUse(string landing) => new(new(
        "landing-not-empty", $"{landing} is not empty", "name a new folder, or an empty one"));

    public static OperationFailedException LandingGone(string landing) => new(new(
        "landing-missing", $"the landing of the vault is not there: {landing}", "mount the disk that it is on; what is in it is perhaps on no disc yet"));

    public static OperationFailedException NoSuchBucket(string catalogue, string name) => new(new("no-such-bucket", $"the vault of {catalogue} has no bucket {name}", "'spindle vault ls' tells which there are"));
}
