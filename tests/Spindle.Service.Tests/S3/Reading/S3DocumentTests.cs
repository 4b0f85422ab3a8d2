// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;

namespace Spindle.Service.Tests.S3.Reading;

public sealed class S3DocumentTests
{
    [Theory]
    [InlineData("""<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Part><PartNumber>1</PartNumber><ETag>&#34;abc&#34;</ETag></Part></CompleteMultipartUpload>""")]
    [InlineData("<CompleteMultipartUpload>\n  <Part>\n    <ETag>abc</ETag>\n    <PartNumber>1</PartNumber>\n  </Part>\n</CompleteMultipartUpload>")]
    public void Parts_are_read_in_whatever_order_their_elements_come(string xml) => Assert.Equal([(1, "abc", (string?)null)], S3Document.Parts(Bytes(xml)));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(" ", " ")]
    [InlineData("&#x1;", "\u0001")]
    [InlineData("\u0001", "\u0001")]
    [InlineData("a &amp; b", "a & b")]
    [InlineData("\n", "\n")]
    [InlineData("<![CDATA[<x>]]>", "<x>")]
    public void Keys_are_read_as_they_are(string text, string key)
    {
        (IReadOnlyList<ObjectToDelete> objects, bool quiet) = S3Document.Deletes(Bytes($"<Delete>\n<Quiet>true</Quiet>\n<Object>\n<Key>{text}</Key>\n<VersionId>null</VersionId></Object>\n</Delete>"));
        Assert.Equal(new(key, "null", new()), Assert.Single(objects));
        Assert.True(quiet);
    }

    [Fact]
    public void Each_object_has_conditions_of_its_own()
    {
        DateTimeOffset time = new(2026, 11, 28, 3, 45, 0, TimeSpan.Zero);
        IReadOnlyList<ObjectToDelete> objects = S3Document.Deletes(Bytes(
            """<Delete><Object><Key>a</Key><ETag>"abc"</ETag><Size>12</Size><LastModifiedTime>Sat, 28 Nov 2026 03:45:00 GMT</LastModifiedTime></Object><Object><LastModifiedTime>2026-11-28T03:45:00Z</LastModifiedTime><Key>b</Key></Object><Object><Key>c</Key></Object></Delete>""")).Objects;

        Assert.Equal([new("a", null, new("abc", 12, time)), new("b", null, new(null, null, time)), new("c", null, new())], objects);
    }

    [Fact]
    public void A_restore_may_be_written_with_blanks() =>
        Assert.Equal((2, "Bulk"), S3Document.Restore(Bytes("<RestoreRequest>\n  <Days>2</Days>\n  <GlacierJobParameters>\n  <Tier>Bulk</Tier>\n</GlacierJobParameters>\n</RestoreRequest>")));

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<Other/>")]
    [InlineData("<Delete><Object></Object></Delete>")]
    [InlineData("<Delete><Object><Key>x</Key><Size>-1</Size></Object></Delete>")]
    [InlineData("<Delete><Object><Key>x</Key><LastModifiedTime>yesterday</LastModifiedTime></Object></Delete>")]
    [InlineData("<Delete><Object><Key>x</Key></Object>")]
    [InlineData("<!DOCTYPE Delete [<!ENTITY a \"aaaa\">]><Delete><Object><Key>&a;</Key></Object></Delete>")]
    [InlineData("<Delete><a><b><c><d><e><f><g><h><i/></h></g></f></e></d></c></b></a></Delete>")]
    public void What_is_none_is_refused(string xml) => Assert.Equal("MalformedXML", Assert.Throws<S3Exception>(() => S3Document.Deletes(Bytes(xml))).Code);

    [Fact]
    public void Any_bytes_are_a_document_or_refused()
    {
        Random random = new(24);
        byte[] good = Bytes("<Delete><Object><Key>&#x41;b</Key></Object></Delete>");
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. good];
            for (int change = 0; change <= i % 3; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Assert.True(Record.Exception(() => S3Document.Deletes(bytes)) is null or S3Exception);
        }
    }

    private static byte[] Bytes(string xml) => Encoding.UTF8.GetBytes(xml);
}
