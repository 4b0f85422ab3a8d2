// SPDX-License-Identifier: MIT
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Spindle.Drives.MacOS;

namespace Spindle.Drives.Tests.MacOS;

public sealed class PlistTests
{
    private const string Head = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0">""";

    [Fact]
    public void Reads_every_kind_of_value()
    {
        Plist list = Parse("""
            <dict>
              <key>Text</key><string> a &amp; b &#233; </string>
              <key>Nothing</key><string></string>
              <key>Number</key><integer>-12</integer>
              <key>Large</key><integer>18446744073709551615</integer>
              <key>Yes</key><true/><key>No</key><false/>
              <key>Data</key><data>AAEC</data>
              <key>Empty</key><dict/><key>None</key><array></array>
              <key>Real</key><real>1.5</real><key>Date</key><date>2026-11-29T00:00:00Z</date>
              <key>Items</key><array><string>one</string><dict><key>Below</key><integer>2</integer></dict></array>
            </dict>
            """)!;

        Assert.Equal("a & b é", list.Text("Text"));
        Assert.Null(list.Text("Nothing"));
        Assert.Equal((-12L, -1L), (list.Number("Number"), list.Number("Large")));
        Assert.Equal((true, false), (list.Flag("Yes"), list.Flag("No")));
        Assert.Empty(list.Array("None"));
        Assert.Equal(2, list.Array("Items").Count);
        Assert.Equal(2, list.Array("Items")[1].Number("Below"));
    }

    [Fact]
    public void What_is_not_there_or_is_of_another_kind_is_null()
    {
        Plist list = Parse("<dict><key>Text</key><string>a</string><key>Items</key><array/></dict>")!;

        Assert.Null(list["Other"]);
        Assert.Equal((null, null, null), (list.Text("Items"), list.Number("Text"), list.Flag("Text")));
        Assert.Empty(list.Array("Text"));
        Assert.Null(list["Text"]!.Text("Below"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no list at all")]
    [InlineData("<plist version=\"1.0\"></plist>")]
    [InlineData("<html><dict/></html>")]
    [InlineData("<plist><dict><key>a</key></dict></plist>")] // no value
    [InlineData("<plist><dict><string>a</string></dict></plist>")] // no key
    [InlineData("<plist><dict><key>a</key><dict></plist>")]
    [InlineData("<plist><array>text</array></plist>")]
    [InlineData("<plist><dict><key>a</key><string>cut")]
    public void What_is_no_list_is_null(string text) => Assert.Null(Plist.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Entities_are_not_looked_up_and_do_not_grow()
    {
        string lol = "<!DOCTYPE plist [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";

        Assert.Null(Plist.Parse(Encoding.UTF8.GetBytes(lol + "<plist><string>&c;</string></plist>")));
        Assert.Null(Plist.Parse("<!DOCTYPE plist [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><plist><string>&a;</string></plist>"u8.ToArray()));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(300, false)]
    [InlineData(100_000, false)]
    public void Depth_has_an_end(int depth, bool isRead)
    {
        string text = string.Concat(Enumerable.Repeat("<array>", depth)) + string.Concat(Enumerable.Repeat("</array>", depth));

        Assert.Equal(isRead, Parse(text) is not null);
    }

    [Fact]
    public void Size_has_an_end() => Assert.Null(Parse($"<string>{new string('a', 17 << 20)}</string>"));

    [Fact]
    public void Survives_any_change_of_a_list()
    {
        byte[] good = Encoding.UTF8.GetBytes(Head + "<dict><key>a</key><array><integer>1</integer><string>&lt;</string><true/></array></dict></plist>");
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt Place, byte Value)[]>(),
            changes =>
            {
                byte[] changed = [.. good];
                foreach ((PositiveInt place, byte value) in changes)
                {
                    changed[place.Get % changed.Length] = value;
                }

                _ = Plist.Parse(changed);
            }).QuickCheckThrowOnFailure();
    }

    private static Plist? Parse(string value) => Plist.Parse(Encoding.UTF8.GetBytes($"{Head}{value}</plist>"));
}
