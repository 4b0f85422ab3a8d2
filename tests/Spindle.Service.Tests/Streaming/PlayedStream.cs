// SPDX-License-Identifier: MIT
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Spindle.Service.Tests.Streaming;

/// <summary>One who watches, and reads what comes with the system's own parser.</summary>
internal sealed class PlayedStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private PlayedStream(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _parser = SseParser.Create(stream);
        _items = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    public string LastId => _parser.LastEventId;

    public TimeSpan Reconnect => _parser.ReconnectionInterval;

    public static async Task<PlayedStream> OpenAsync(HttpClient client, string query = "", string? last = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/events{query}");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null where the stream is at its end.</summary>
    public async Task<(string Kind, JsonElement Data)?> NextAsync() => await _items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))
        ? (_items.Current.EventType, JsonDocument.Parse(_items.Current.Data).RootElement)
        : null;

    /// <summary>The next event of a kind.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        while (true)
        {
            (string found, JsonElement data) = await NextAsync() ?? throw new InvalidOperationException($"no {kind} came");
            if (found == kind)
            {
                return data;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose(); // ends what reads, too
        try
        {
            await _items.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or NotSupportedException)
        {
            // It was reading.
        }
    }
}
