// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using Spindle.Media;

namespace Spindle.Service.Hooks;

/// <summary>Who is told: an address, which gets the event by POST, or a command, which gets it on standard input.</summary>
public sealed class HookTarget : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string? _command;
    private readonly Uri? _address;
    private readonly HttpClient? _client;
    private readonly TimeSpan _patience;

    private HookTarget(string? command, Uri? address, TimeSpan patience)
    {
        (_command, _address, _patience) = (command, address, patience);
        _client = address is null ? null : new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = patience };
    }

    /// <summary>Reads what an option says.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: it is neither.</exception>
    public static HookTarget Of(string target) => Of(target, Patience);

    /// <summary>The same with another time in which it must answer.</summary>
    internal static HookTarget Of(string target, TimeSpan patience)
    {
        bool isAddress = target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return isAddress && Uri.TryCreate(target, UriKind.Absolute, out Uri? address) ? new(null, address, patience)
            : isAddress || target.Trim().Length == 0 ? throw Failures.NoHook(target)
            : new(target, null, patience);
    }

    /// <summary>Tells it.</summary>
    /// <returns>Why it did not hear; null where it did.</returns>
    public async Task<string?> TellAsync(HookKind kind, byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            return _address is null ? await RunAsync(kind, json, cancellationToken) : await PostAsync(json, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or Win32Exception or InvalidOperationException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not answer within {Figures.Count((long)_patience.TotalSeconds, "second", "seconds")}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private async Task<string?> PostAsync(byte[] json, CancellationToken cancellationToken)
    {
        using ByteArrayContent body = new(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage answer = await _client!.PostAsync(_address, body, cancellationToken);
        return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
    }

    private async Task<string?> RunAsync(HookKind kind, byte[] json, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd.exe", ["/d", "/c", _command!]) : new("/bin/sh", ["-c", _command!]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.Environment["SPINDLE_EVENT"] = JsonForm.Word(kind);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        using Process process = Process.Start(start)!;
        try
        {
            Task heard = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            await WriteAsync(process, json, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await heard;
            return process.ExitCode == 0 ? null : $"it ended with exit code {process.ExitCode}";
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>One that does not read what it is told may end well all the same.</summary>
    private static async Task WriteAsync(Process process, byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(json, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has closed its input, or has ended.
        }
    }
}
