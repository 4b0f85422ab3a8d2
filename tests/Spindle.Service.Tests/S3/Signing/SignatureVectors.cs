// SPDX-License-Identifier: MIT
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault.Keys;

namespace Spindle.Service.Tests.S3.Signing;

/// <summary>Requests that other programs signed: tests/fixtures/sigv4.</summary>
internal sealed class SignatureVectors : TimeProvider
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "sigv4");

    private readonly JsonElement _vector;

    private SignatureVectors(JsonElement vector) => _vector = vector;

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name[0] is '0' or '1' && name[..2] != "13").Order();

    public byte[] Body => _vector.GetProperty("request").GetProperty("bodyBase64").GetBytesFromBase64();

    public string this[string key] => _vector.GetProperty(key).GetString()!;

    public static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    public static SignatureVectors Of(string name) => new(Read(name));

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 28, 3, 45, 0, TimeSpan.Zero);

    /// <summary>Has the doorkeeper look at the request.</summary>
    public S3Request Admit(Action<HttpContext>? change = null, string? target = null, TimeProvider? time = null)
    {
        JsonElement request = _vector.GetProperty("request");
        DefaultHttpContext context = new();
        context.Request.Method = request.GetProperty("method").GetString()!;
        foreach (JsonElement header in request.GetProperty("headers").EnumerateArray())
        {
            context.Request.Headers.Append(header[0].GetString()!, header[1].GetString());
        }

        context.Request.Body = new MemoryStream(Body);
        context.Request.ContentLength = Body.Length;
        change?.Invoke(context);
        JsonElement credentials = _vector.GetProperty("credentials");
        AccessKey key = new("me", credentials.GetProperty("accessKey").GetString()!, credentials.GetProperty("secretKey").GetString()!, [], "rwd", default);
        return new Doorkeeper(id => id == key.Id ? key : null, time ?? this).Admit(context, S3Target.Read(target ?? request.GetProperty("target").GetString()!, "", null));
    }
}
