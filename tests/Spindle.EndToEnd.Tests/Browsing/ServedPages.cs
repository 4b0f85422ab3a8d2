// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Browsing;

/// <summary>The program as it serves its pages, in a folder of its own.</summary>
internal sealed class ServedPages : IAsyncDisposable
{
    private readonly string[] _words;
    private readonly string _state;
    private readonly int _port;
    private RunningProgram _program;

    private ServedPages(TempDirectory directory, string state, string[] words)
    {
        using (Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        (Directory, _state) = (directory, state);
        _words = [.. words, "--urls", Address.ToString()];
        _program = SpindleProgram.Start(_words, directory.Path);
    }

    public TempDirectory Directory { get; }

    public Uri Address => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/");

    public string Token => File.ReadAllText(Path.Combine(_state, "token")).Trim();

    /// <summary><c>spindle serve</c>.</summary>
    public static Task<ServedPages> StartAsync(params string[] options)
    {
        TempDirectory directory = new();
        return AnsweringAsync(new(directory, directory["state"], ["serve", "--state", directory["state"], "--root", directory.Path, .. options]));
    }

    /// <summary><c>spindle demo --serve</c>, in the folder <c>demo</c>.</summary>
    public static Task<ServedPages> DemonstrateAsync()
    {
        TempDirectory directory = new();
        return AnsweringAsync(new(directory, directory["demo/state"], ["demo", "--serve", "--dir", directory["demo"]]));
    }

    /// <summary>The manifest of an image of the demonstration.</summary>
    public JsonElement Manifest(string name) => Workspace.ManifestAt(Directory[$"demo/images/{name}/{name}_manifest.json"]);

    /// <summary>kill -9 of the service alone.</summary>
    public async Task KillAsync()
    {
        _program.Kill();
        await _program.EndAsync();
        _program.Dispose();
    }

    /// <summary>The same service once more, in the same folder and at the same address.</summary>
    public async Task StartAgainAsync()
    {
        _program = SpindleProgram.Start(_words, Directory.Path);
        await AnswersAsync();
    }

    /// <summary>Both, one after the other.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await KillAsync();
        await StartAgainAsync();
    }

    /// <summary>kill -9 of what does the jobs.</summary>
    public async Task KillJobsAsync()
    {
        using RunningProgram shell = new("pkill", ["-9", "-f", $"{_state}/jobs/"], Directory.Path);
        await shell.EndAsync();
    }

    /// <summary>A tab of somebody who has signed in.</summary>
    public async Task<IPage> OpenAsync(IBrowserContext person, string place = "")
    {
        IPage page = await person.NewPageAsync();
        if ((await person.CookiesAsync()).Count == 0)
        {
            await page.GotoAsync(new Uri(Address, $"sign-in?token={Token}").ToString());
        }

        await page.GotoAsync(new Uri(Address, place).ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        _program.Interrupt();
        await _program.EndAsync();
        _program.Dispose();
        await KillJobsAsync(); // they outlive the service
        Directory.Dispose();
    }

    private static async Task<ServedPages> AnsweringAsync(ServedPages pages)
    {
        await pages.AnswersAsync();
        return pages;
    }

    private async Task AnswersAsync()
    {
        using HttpClient client = new() { BaseAddress = Address };
        for (DateTime until = DateTime.UtcNow.AddSeconds(30); ; await Task.Delay(50))
        {
            try
            {
                await client.GetStringAsync(new Uri("api/health", UriKind.Relative));
                return;
            }
            catch (HttpRequestException) when (DateTime.UtcNow < until)
            {
                // It is still starting.
            }
        }
    }
}
