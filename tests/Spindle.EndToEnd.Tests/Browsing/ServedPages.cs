// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Browsing;

/// <summary>The program as it serves its pages, in a folder of its own.</summary>
internal sealed class ServedPages : IAsyncDisposable
{
    private RunningProgram _program;

    private ServedPages(TempDirectory directory, int port, RunningProgram program) => (Directory, Port, _program) = (directory, port, program);

    public TempDirectory Directory { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/");

    public string Token => File.ReadAllText(Directory["state/token"]).Trim();

    public static async Task<ServedPages> StartAsync(params string[] options)
    {
        TempDirectory directory = new();
        using (Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            socket.Dispose();
            ServedPages pages = new(directory, port, Start(directory, port, options));
            await pages.AnswersAsync();
            return pages;
        }
    }

    /// <summary>kill -9, and a new one.</summary>
    public async Task KillAndStartAgainAsync(params string[] options)
    {
        _program.Kill();
        _program.Dispose();
        _program = Start(Directory, Port, options);
        await AnswersAsync();
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
        Directory.Dispose();
    }

    private static RunningProgram Start(TempDirectory directory, int port, string[] options) =>
        SpindleProgram.Start(["serve", "--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--state", directory["state"], "--root", directory.Path, .. options], directory.Path);

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
