// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Testing;
using Spindle.Vault.Keys;

namespace Spindle.Vault.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private KeyFile Keys => new(_directory.Path, TimeProvider.System);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_key_is_found_by_what_a_program_says_that_it_is()
    {
        KeyFile open = Keys;
        AccessKey made = Keys.Add("backup", ["photos"], "rw");
        Assert.Equal((20, 40, "rw"), (made.Id.Length, made.Secret.Length, made.Rights));
        Assert.Equal(made.Secret, open.Find(made.Id)?.Secret); // one that was open before finds it, too
        Assert.Null(open.Find("other"));
        Assert.Equal(["backup"], Keys.All().Select(key => key.Name));
    }

    [Fact]
    public void Nobody_else_can_read_the_file()
    {
        Keys.Add("backup", [], null);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_directory["keys.json"]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void A_key_that_was_taken_away_lets_nobody_in()
    {
        KeyFile open = Keys;
        AccessKey made = open.Add("backup", [], null);
        Assert.NotNull(open.Find(made.Id));
        Keys.Remove("backup");
        Assert.Null(open.Find(made.Id));
        Assert.Equal("no-such-vault-key", Code(() => Keys.Remove("backup")));
    }

    [Theory]
    [InlineData("a b", null)]
    [InlineData("", null)]
    [InlineData("backup", "rx")]
    [InlineData("backup", "rr")]
    [InlineData("backup", "")]
    public void Odd_names_and_rights_are_refused(string name, string? rights) => Assert.Equal("usage", Code(() => Keys.Add(name, [], rights)));

    [Fact]
    public void A_name_is_given_once()
    {
        Keys.Add("backup", [], null);
        Assert.Equal("vault-key-exists", Code(() => Keys.Add("backup", [], null)));
    }

    [Fact]
    public void A_file_that_is_none_is_said_and_kept()
    {
        _directory.Write("keys.json", "no keys"u8);
        Assert.Equal("vault-keys-unusable", Code(() => Keys.Find("any")));
        Assert.Equal("vault-keys-unusable", Code(() => Keys.Add("backup", [], null)));
        Assert.Equal("no keys", File.ReadAllText(_directory["keys.json"]));
    }

    [Theory]
    [InlineData("me", 'd', true)]
    [InlineData("photos", 'r', true)]
    [InlineData("photos", 'd', false)]
    [InlineData("secret", 'r', false)]
    public void Rights_hold_for_buckets(string bucket, char right, bool may)
    {
        AccessKey own = new("me", "id", "secret", [], "rwd", default), guest = new("guest", "id", "secret", ["photos"], "rw", default);
        Assert.Equal(may, bucket == "me" ? own.May(right, "mine", "me") : guest.May(right, bucket, "me"));
        Assert.True(own.MayMake);
        Assert.False(guest.MayMake);
        Assert.DoesNotContain("secret", guest.ToString(), StringComparison.Ordinal);
    }

    private static string Code(Action action) => Assert.Throws<OperationFailedException>(action).Failure.Code;
}
