// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spindle.Imaging.Simulating;
using Spindle.Imaging.Sources;
using Spindle.Service.Jobs;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;
using Spindle.Testing;

namespace Spindle.Service.Tests;

/// <summary>The whole service in this process, in a folder of its own, and a program that asks it.</summary>
public sealed class PlayedService : IAsyncDisposable, IAsyncLifetime
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private LocalService? _service;
    private HttpClient? _client;

    public TempDirectory Directory { get; } = new();

    public List<string> Logged { get; } = [];

    /// <summary>Whether it has drives that are folders (<see cref="Insert"/>), and not one that is empty for ever.</summary>
    public bool HasSimulatedDrives { get; init; }

    /// <summary>The list of titles; null for none.</summary>
    public string? Titles { get; init; }

    public string Folder => Path.Combine(Directory.Path, "station");

    public LocalService Service => _service!;

    public HttpClient Client => _client!;

    /// <summary>The register of the station, as another process opens it.</summary>
    public IRegister OpenRegister() => JobsFile.Open(JobsFile.In(Folder));

    public async ValueTask InitializeAsync()
    {
        Equipment equipment = Equipment.OfThisMachine() with
        {
            Folder = Folder,
            DrivePaths = () => ["/dev/sr0"],
            DriveIdentity = path => path == "/dev/sr0" ? "played" : null,
            Drives = _ => [new DriveReport { Path = "/dev/sr0", Status = DriveStatus.NoDisc, Model = "<b>\"'é" }],
        };
        if (HasSimulatedDrives)
        {
            equipment = DemoStation.EquipmentOf(Directory["drives"], equipment);
        }

        _service = await LocalService.StartAsync(new() { Addresses = [new(IPAddress.Loopback, 0)], Token = Token, Roots = [Directory.Path], Log = Logged.Add, Titles = Titles }, equipment, CancellationToken.None);
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = _service.Addresses[0] };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Service.DisposeAsync();
        Directory.Dispose();
    }

    /// <summary>Puts a disc into a simulated drive, which is made where there is none.</summary>
    /// <returns>The path of the drive.</returns>
    public string Insert(string drive, string disc, int sectors)
    {
        new SimulatedDrives(Directory["drives"], TimeProvider.System).Make(drive);
        string path = Path.Combine(Directory["drives"], drive);
        File.WriteAllBytes(Path.Combine(path, "tray", disc), new byte[2048 * sectors]);
        return path;
    }

    /// <summary>Posts JSON, or nothing.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string place, string body)
    {
        using StringContent? content = body.Length == 0 ? null : new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Client.PostAsync(new Uri(place, UriKind.Relative), content);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>What the service tells at an address, which it knows.</summary>
    public async Task<JsonElement> GetAsync(string place)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(place, UriKind.Relative));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{place}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The code of a refusal.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(string place)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(place, UriKind.Relative));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }
}
