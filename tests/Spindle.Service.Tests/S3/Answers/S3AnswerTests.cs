// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;

namespace Spindle.Service.Tests.S3.Answers;

public sealed class S3AnswerTests
{
    [Fact]
    public async Task A_refusal_names_itself_and_the_request()
    {
        string told = await ToldAsync("GET", S3Exception.NoSuchKey("a<b\u0001"));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a&lt;b&#x1;</Key><Resource>/b/k</Resource><RequestId>ID</RequestId><HostId>ID</HostId></Error>",
            told);
    }

    [Fact]
    public async Task Who_asks_for_the_head_gets_no_body() => Assert.Equal("", await ToldAsync("HEAD", S3Exception.NoSuchKey("key")));

    [Fact]
    public void Times_have_the_form_of_S3() => Assert.Equal("2026-11-28T03:45:00.120Z", S3Answer.Stamp(new(2026, 11, 28, 4, 45, 0, 120, TimeSpan.FromHours(1))));

    private static async Task<string> ToldAsync(string method, S3Exception refused)
    {
        DefaultHttpContext context = new();
        MemoryStream body = new();
        context.Request.Method = method;
        context.Request.Path = "/b/k";
        context.Response.Body = body;
        context.Response.Headers["x-amz-request-id"] = "ID";
        await S3Answer.RefuseAsync(context, refused);
        Assert.Equal(404, context.Response.StatusCode);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
