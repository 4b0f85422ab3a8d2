// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Station.Vaults;
using Spindle.Vault.Moving;

namespace Spindle.Cli.Tests.Texts;

public sealed class VaultTextTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 28, 12, 4, 0, TimeSpan.Zero);

    private static readonly WantedDiscPart Wanted = new(17, "FOTO_0017", "uuid", "A: shelf B2, B: vault of the bank", 2, 5_000_000_000, Then, ["backup", "me"], false);

    private static VaultDocument Document => new() { Task = VaultTask.Status, Catalogue = "/srv/catalogue.db", Landing = "/srv/vault", Copies = 2 };

    [Fact]
    public void How_much_is_where() => ApprovedText.Is(
        Document with { Status = new(new(3, 1000), new(0, 0), new(1, 20_000_000), new(12_345, 9_000_000_000_000), new(1, 5), new(2, 10), new(0, 0), new(1, 7), 20_001_010, 500_000_000_000, [new(4, "OLD_0004", 24_000_000_000, 15_000_000_000)]) }, new VaultText(), "vault-status");

    [Fact]
    public void Objects() => ApprovedText.Is(
        Document with
        {
            Task = VaultTask.Ls,
            Objects =
            [
                new("photos", "2019/a\u001b[31m.jpg", 5_000_000, Then, Standing.Cold, "GLACIER", 2, ["disc 17 'FOTO_0017' (shelf B2)"], "etag", "sha"),
                new("photos", "new.jpg", 12, Then, Standing.Landed, "STANDARD", 0, [], "etag", "sha"),
            ],
        }, new VaultText(), "vault-ls");

    [Fact]
    public void Rules() => ApprovedText.Is(
        Document with { Task = VaultTask.Rules, Buckets = [new("photos", "me", Then, new() { Archive = ["data/**"], SmallestSize = 1_000_000, MinimumAge = 1, MinimumStay = 30, Worm = true, DefaultClass = "GLACIER" })] }, new VaultText(), "vault-rules");

    [Fact]
    public void What_is_wanted() => ApprovedText.Is(Document with { Task = VaultTask.Wanted, Wanted = [Wanted, Wanted with { Number = 18, Places = null, Objects = 1, AtHand = true }] }, new VaultText(), "vault-wanted");

    [Fact]
    public void What_came_onto_discs() => ApprovedText.Is(
        Document with { Task = VaultTask.Pack, Packed = new(3, 0, null, [new(0, "FOTO_0000", ["/srv/images/foto_0000.iso"], 2), new(1, "FOTO_0001", [], 1)]), Concerns = [new("too-few-copies", "disc 1 has 1 verified copy of 2", "do this")] },
        new VaultText(), "vault-pack");

    [Fact]
    public void What_left_the_landing() => ApprovedText.Is(
        Document with { Task = VaultTask.Evict, Evicted = new(1, 20_000_000, 1010, [new("not-packed", 3, 1000), new("too-few-copies", 1, 4), new("stays-for-now", 1, 5), new("may-go", 1, 1)]) }, new VaultText(), "vault-evict");

    [Fact]
    public void What_came_back() => ApprovedText.Is(Document with { Task = VaultTask.Thaw, Thawed = new(3, 2, 2_000_000, [Wanted], []), Wanted = [] }, new VaultText(), "vault-thaw");

    [Fact]
    public void What_it_takes() => ApprovedText.Is(Document with { Task = VaultTask.Thaw, Thawed = new(0, 0, 0, [Wanted], []) }, new VaultText(), "vault-thaw.dry");

    [Fact]
    public void A_key() => ApprovedText.Is(
        new VaultKeyDocument { Task = VaultKeyTask.Add, AccessKeyId = "AKID", SecretAccessKey = "secret", Keys = [new("me", "AKID", [], "rwd", Then)] }, new VaultKeyText(), "vault-key");

    [Fact]
    public void Keys() => ApprovedText.Is(
        new VaultKeyDocument { Task = VaultKeyTask.List, Keys = [new("me", "AKID", [], "rwd", Then), new("reader", "BKID", ["photos", "*"], "r", Then)] }, new VaultKeyText(), "vault-keys");
}
