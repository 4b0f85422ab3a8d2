// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;
using Spindle.Testing;
using Spindle.Testing.MacOS;

namespace Spindle.Files.Tests.Listing.MacOS;

/// <summary>The source of macOS on the calls of Linux; what comes from its own structures is in <see cref="MacStatusTests"/>.</summary>
public sealed class MacSourceTests : SourceSystemContract
{
    public MacSourceTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays macOS here");

    private protected override ISourceSystem System { get; } = new UnixSource(new SimulatedMacReading());

    [Fact]
    public void Resource_forks_and_what_the_Finder_keeps_are_attributes_of_their_own_names()
    {
        Put("file", "1");
        byte[] finder = [.. "TEXTttxt"u8, .. new byte[24]];
        ForeignProgram.Run("setfattr", "-n", "user.com.apple.FinderInfo", "-v", "0x" + Convert.ToHexString(finder), At("file"));
        ForeignProgram.Run("setfattr", "-n", "user.com.apple.ResourceFork", "-v", "0x0102", At("file"));
        ForeignProgram.Run("setfattr", "-n", "user.com.apple.provenance", "-v", "0x01", At("file"));
        using ISourceFile file = Root.OpenFile("file"u8);

        Assert.Equal(["com.apple.FinderInfo", "com.apple.ResourceFork"], file.Attributes().Select(attribute => Encoding.UTF8.GetString(attribute.Name)));
        Assert.Equal(finder, file.Attributes()[0].Value);
        Assert.Equal([1, 2], Root.Attributes("file"u8)[1].Value);
    }

    [Fact]
    public void Flags_are_an_attribute_of_words()
    {
        Put("file", "1");
        ForeignProgram.Run("setfattr", "-n", "user." + SimulatedMacReading.Flags, "-v", "0x02800000", At("file")); // UF_IMMUTABLE, UF_HIDDEN

        ExtendedAttribute flags = Assert.Single(Root.Attributes("file"u8));

        Assert.Equal(("bsd.flags", "uchg,hidden"), (Encoding.UTF8.GetString(flags.Name), Encoding.UTF8.GetString(flags.Value)));
    }

    [Fact]
    public void Second_names_of_a_file_have_its_inode()
    {
        Put("file", "1");
        ForeignProgram.Run("ln", At("file"), At("second"));

        Assert.Equal((StatusOf("file").Inode, 2), (StatusOf("second").Inode, StatusOf("second").Links));
    }

    [Fact]
    public void A_path_of_more_than_macOS_takes_at_once_is_opened_in_pieces()
    {
        string deep = string.Join('/', Enumerable.Repeat(new string('d', 100), 30)); // 3029 bytes, and PATH_MAX is 1024
        Put(deep + "/file", "deep");
        using ISourceDirectory below = Root.OpenDirectory(Encoding.UTF8.GetBytes(deep));
        using ISourceFile file = below.OpenFile("file"u8);

        Assert.Equal("deep"u8, ReadAll(file));
    }
}

public sealed class MacAttributesTests
{
    [Fact]
    public void An_attribute_that_is_too_long_is_named_and_not_read()
    {
        Calls calls = new() { ["a"] = MacAttributes.LongestValue, ["b"] = MacAttributes.LongestValue + 1 };

        IReadOnlyList<ExtendedAttribute> attributes = MacAttributes.Of(0, calls);

        Assert.Equal([(MacAttributes.LongestValue, 0L), (0, MacAttributes.LongestValue + 1L)], attributes.Select(attribute => (attribute.Value.Length, attribute.LeftOut)));
        Assert.Equal(["a"], calls.Read);
    }

    [Fact]
    public void What_goes_away_in_between_is_not_there_and_what_has_no_attributes_has_none()
    {
        Assert.Empty(MacAttributes.Of(0, new Calls()));
        Assert.Empty(MacAttributes.Of(0, new Calls { ["gone"] = -1 }));
        Assert.Equal([0], MacAttributes.Of(0, new Calls { ["empty"] = 0 }).Select(attribute => attribute.Value.Length));
        Assert.Empty(MacAttributes.Of(0x20, new Calls())); // UF_COMPRESSED is the file system's own
        Assert.Equal("nodump"u8, Assert.Single(MacAttributes.Of(0x21, new Calls())).Value);
    }

    [Fact]
    public void They_are_in_the_order_of_their_names() => Assert.Equal(
        ["a", "bsd.flags", "c"],
        MacAttributes.Of(2, new Calls { ["c"] = 1, ["a"] = 1 }).Select(attribute => Encoding.UTF8.GetString(attribute.Name)));

    [Fact]
    public void An_access_list_is_told_of_and_not_kept()
    {
        ExtendedAttribute[] all = [.. MacAttributes.Of(0, new Calls { AccessList = true, ["a"] = 1 })];

        Assert.Equal([(BesideContent.AccessList, 1), (BesideContent.Attribute, 0)], all.Select(attribute => (attribute.Kind, attribute.LeftOut)));
    }

    private sealed class Calls : Dictionary<string, int>, IMacAttributeCalls
    {
        public List<string> Read { get; } = [];

        public bool AccessList { get; init; }

        public bool HasAccessList() => AccessList;

        public nint List(Span<byte> list)
        {
            byte[] names = Encoding.UTF8.GetBytes(string.Concat(Keys.Select(name => name + '\0')));
            names.AsSpan(0, Math.Min(names.Length, list.Length)).CopyTo(list);
            return names.Length;
        }

        public nint Get(byte[] name, Span<byte> value)
        {
            string key = Encoding.UTF8.GetString(name.AsSpan(0, name.Length - 1));
            if (!value.IsEmpty)
            {
                Read.Add(key);
            }

            return this[key];
        }
    }
}
