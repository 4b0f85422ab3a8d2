// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.WebDav;

namespace Spindle.Service.Tests.WebDav;

public sealed class DavRequestTests
{
    [Theory]
    [InlineData("", "*")]
    [InlineData("<propfind xmlns=\"DAV:\"><allprop/></propfind>", "*")]
    [InlineData("<D:propfind xmlns:D=\"DAV:\"><D:propname/></D:propfind>", "names")]
    [InlineData("<D:propfind xmlns:D=\"DAV:\" xmlns:x=\"urn:x\"><D:prop><D:getetag/><x:y/></D:prop></D:propfind>", "DAV::getetag urn:x:y")]
    public void What_is_asked_for(string body, string told)
    {
        DavRequest request = DavRequest.Read(Encoding.UTF8.GetBytes(body))!;
        Assert.Equal(told, request.NamesOnly ? "names" : request.Names is null ? "*" : string.Join(' ', request.Names.Select(name => $"{name.Namespace}:{name.Name}")));
    }

    [Theory]
    [InlineData("no xml")]
    [InlineData("<propfind/>")]
    [InlineData("<D:other xmlns:D=\"DAV:\"/>")]
    [InlineData("<D:propfind xmlns:D=\"DAV:\"/>")]
    [InlineData("<D:propfind xmlns:D=\"DAV:\"><D:prop><bar:foo xmlns:bar=\"\"/></D:prop></D:propfind>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><D:propfind xmlns:D=\"DAV:\"><D:allprop/></D:propfind>")]
    public void What_is_none(string body) => Assert.Null(DavRequest.Read(Encoding.UTF8.GetBytes(body)));
}
