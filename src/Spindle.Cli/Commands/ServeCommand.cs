// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json.Serialization;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Service;
using Spindle.Service.Web;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle serve</c>: the local service, until it is stopped.</summary>
internal sealed class ServeCommand : Command, IHasExamples
{
    private readonly CommandContext _context;

    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "Listen there; several, or ';' between them. Without it on port 8080 of this machine alone (127.0.0.1 and ::1)",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "The file with the token; without it that in the folder of the station, drawn at the first start", HelpName = "FILE", CompletionSources = { Values.Files } };
    private readonly Option<bool> _noToken = new("--no-token") { Description = "Ask nobody for a token: every user of this machine can do what you can" };
    private readonly Option<bool> _noJobs = new("--no-jobs") { Description = "Take jobs in, and run none: another service of this station does, or one that is started later" };
    private readonly Option<string[]> _allowHost = new("--allow-host") { Description = "Answer to this name, too, as a proxy or another machine calls it; may be given several times", HelpName = "NAME" };
    private readonly Option<string?> _basePath = new("--base-path") { Description = "The path under which a proxy has it, such as /spindle", HelpName = "PATH" };
    private readonly Option<string[]> _root = new("--root")
    {
        Description = "Requests may name files below DIR; may be given several times. Without it, below your home and the current directory; nowhere, where other machines can ask",
        HelpName = "DIR",
        CompletionSources = { Values.Directories },
    };

    private readonly Option<string?> _hook = new("--hook")
    {
        Description = "Tell this command (on its standard input) or address (by POST) what jobs come to, what they need, and each day what it brought: JSON, docs/formats/hook.md",
        HelpName = "COMMAND|URL",
    };

    private readonly Option<string?> _titles = new("--titles")
    {
        Description = "A table (CSV, or TSV by its name) of call numbers and titles: the form for a disc looks them up",
        HelpName = "FILE",
        CompletionSources = { Values.Files },
    };

    private readonly Option<string[]> _s3Urls = new("--s3-urls")
    {
        Description = "Let programs that speak S3 into the vault of the catalogue there; several, or ';' between them",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _webDavUrls = new("--webdav-urls")
    {
        Description = "Show the vault of the catalogue there as a drive that can be read, by WebDAV; several, or ';' between them",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _s3Domain = new("--s3-domain") { Description = "Buckets are hosts below this domain, too: BUCKET.NAME", HelpName = "NAME" };
    private readonly CatalogueOption _catalogue = new();
    private readonly Option<bool> _stopJobs = new("--stop-jobs") { Description = "Stop jobs with the service; without it they go on. They can be gone on with: 'spindle jobs retry'" };
    private readonly Option<string?> _state = new("--state") { Description = "The folder of the station: its jobs, its token, the names of its drives", HelpName = "DIR", CompletionSources = { Values.Directories } };

    public ServeCommand(CommandContext context)
        : base("serve", "Answer browsers and programs on this machine, until it is stopped")
    {
        _context = context;
        foreach (Option option in (Option[])[_urls, _tokenFile, _noToken, _root, _noJobs, _stopJobs, _titles, _hook, _allowHost, _basePath, _s3Urls, _s3Domain, _webDavUrls, _state])
        {
            Add(option);
        }

        _catalogue.AddTo(this);

        SetAction(RunAsync);
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle serve", "on http://127.0.0.1:8080 and http://[::1]:8080; the address that is printed signs a browser in. Ctrl-C ends it, and jobs go on"),
        ("spindle serve --urls http://127.0.0.1:9000 --json", "on another port; one JSON document tells the addresses, and in which file the token stands"),
        ("spindle serve --root /srv/discs --root /srv/catalogues", "requests may name files there, and nowhere else; drives always"),
        ("spindle serve --s3-urls http://127.0.0.1:9000", "rclone, aws, s3cmd and restic get into the vault there, each with a key of 'spindle vault key add'"),
        ("spindle serve --hook https://ntfy.example/discs", "tells that address when a job ends or needs somebody"),
        ("spindle serve --base-path /spindle --allow-host archive.example --root /srv/discs", "behind a proxy that answers at https://archive.example/spindle"),
    ];

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ReportStyle style = GlobalOptions.StyleOf(arguments);
        VerbOutput output = new(Name, _context.Terminal, GlobalOptions.IsJson(arguments), style);
        try
        {
            Equipment equipment = _context.Equipment with { Folder = arguments.GetValue(_state) is { } state ? Path.GetFullPath(Paths.ExpandHome(state)) : _context.Equipment.Folder };
            string? tokenFile = arguments.GetValue(_noToken) ? null : Path.GetFullPath(Paths.ExpandHome(arguments.GetValue(_tokenFile) ?? TokenFile.In(equipment.Folder)));
            HostSettings settings = SettingsOf(arguments, tokenFile);
            await using VaultService? vault = await StartVaultAsync(arguments, cancellationToken);
            await using LocalService service = await LocalService.StartAsync(settings, equipment, cancellationToken);
            Warn(settings, FacesOf(arguments), tokenFile, new(_context.Terminal, style));
            output.Tell(DocumentOf(service, vault, settings, tokenFile), ServeJson.Form.ServeDocument, new ServeText(settings.Token, _context.Terminal.OutputIsTerminal));
            await _context.Terminal.Output.FlushAsync(CancellationToken.None);
            await UntilAsync(cancellationToken);
            await (vault?.StopAsync() ?? Task.CompletedTask);
            await service.StopAsync();
            return (int)ExitCode.Done; // to be stopped is how it ends
        }
        catch (OperationFailedException e)
        {
            return (int)output.Fail(e.Failure);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Done;
        }
    }

    private HostSettings SettingsOf(ParseResult arguments, string? tokenFile)
    {
        string[] urls = SplitUrls(arguments.GetValue(_urls));
        IReadOnlyList<ListenAddress> addresses = urls.Length == 0 ? ListenAddress.Usual : [.. urls.SelectMany(ListenAddress.Parse).Distinct()];
        string[] hosts = arguments.GetValue(_allowHost) ?? [];
        bool isForThisMachine = hosts.Length == 0 && addresses.All(address => address.IsLoopback);
        VaultFaces faces = FacesOf(arguments);
        return new()
        {
            Addresses = addresses,
            Vault = faces.IsEmpty ? null : Path.GetFullPath(_catalogue.Path(arguments)),
            RunsJobs = !arguments.GetValue(_noJobs),
            StopsJobs = arguments.GetValue(_stopJobs),
            Titles = arguments.GetValue(_titles) is { } titles ? Path.GetFullPath(Paths.ExpandHome(titles)) : null,
            Hook = arguments.GetValue(_hook),
            Roots = arguments.GetValue(_root) is { Length: > 0 } roots ? [.. roots.Select(root => Path.GetFullPath(Paths.ExpandHome(root)))] : isForThisMachine ? UsualRoots() : [],
            Token = tokenFile is null ? null : TokenFile.Read(tokenFile),
            AllowedHosts = hosts,
            BasePath = arguments.GetValue(_basePath) ?? "",
            Log = text => _context.Terminal.Error.WriteLine(text),
            Time = _context.Time,
            IsDemonstration = DemoStation.IsSimulated,
        };
    }

    private async Task<VaultService?> StartVaultAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        VaultFaces faces = FacesOf(arguments);
        return faces.IsEmpty ? null
            : await VaultService.StartAsync(Path.GetFullPath(_catalogue.Path(arguments)), faces, _context.Equipment, text => _context.Terminal.Error.WriteLine(text), cancellationToken);
    }

    private VaultFaces FacesOf(ParseResult arguments) => new(
        [.. SplitUrls(arguments.GetValue(_s3Urls)).SelectMany(ListenAddress.Parse).Distinct()],
        [.. SplitUrls(arguments.GetValue(_webDavUrls)).SelectMany(ListenAddress.Parse).Distinct()],
        arguments.GetValue(_s3Domain));

    private static string[] SplitUrls(string[]? urls) => [.. (urls ?? []).SelectMany(url => url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static string[] UsualRoots() =>
        [.. new[] { Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), Environment.CurrentDirectory }.Where(folder => folder.Length > 0).Distinct()];

    private static void Warn(HostSettings settings, VaultFaces faces, string? tokenFile, TextLines lines)
    {
        foreach (ListenAddress address in faces.S3.Where(address => !address.IsLoopback))
        {
            lines.Bad($"{address} can be reached from other machines: requests are signed, but what they carry is not encrypted. A proxy that speaks HTTPS keeps it.");
        }

        foreach (ListenAddress address in faces.WebDav.Where(address => !address.IsLoopback))
        {
            lines.Bad($"{address} can be reached from other machines, and whoever listens in the network learns the keys that are used there. A proxy that speaks HTTPS keeps them.");
        }

        foreach (ListenAddress address in settings.Addresses.Where(address => !address.IsLoopback))
        {
            lines.Bad($"{address} can be reached from other machines, and what is said there is not encrypted: whoever listens in the network learns the token. A proxy that speaks HTTPS keeps it.");
        }

        if (tokenFile is null)
        {
            lines.Bad($"Without a token, every user and every program of this machine can do here what you can.");
        }
        else if (TokenFile.IsSeenByOthers(tokenFile))
        {
            lines.Bad($"Other users of this machine can read the token in {tokenFile}: 'chmod 600' keeps them out.");
        }
    }

    private static ServeDocument DocumentOf(LocalService service, VaultService? vault, HostSettings settings, string? tokenFile) => new()
    {
        Addresses = [.. service.Addresses.Select(address => address.GetLeftPart(UriPartial.Authority) + settings.BasePath + "/")],
        TokenFile = tokenFile,
        S3Addresses = [.. (vault?.S3Addresses ?? []).Select(address => address.GetLeftPart(UriPartial.Authority))],
        WebDavAddresses = [.. (vault?.WebDavAddresses ?? []).Select(address => address.GetLeftPart(UriPartial.Authority) + "/")],
    };

    private static async Task UntilAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}

/// <summary>Where the service is.</summary>
internal sealed record ServeDocument : Document
{
    /// <summary>Its addresses.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>The file with the token; null where nobody needs one.</summary>
    public required string? TokenFile { get; init; }

    /// <summary>Where programs that speak S3 are let into the vault.</summary>
    public required IReadOnlyList<string> S3Addresses { get; init; }

    /// <summary>Where the vault is a drive, by WebDAV.</summary>
    public required IReadOnlyList<string> WebDavAddresses { get; init; }

    /// <inheritdoc/>
    protected override string Verb => "serve";
}

/// <summary>Where to go. The token is shown to a person at a terminal; it is not to stand in the log of a system.</summary>
internal sealed class ServeText(string? token, bool isForPerson) : IText<ServeDocument>
{
    public void Write(ServeDocument document, TextLines lines)
    {
        foreach (string address in document.Addresses)
        {
            lines.Line($"{(isForPerson && token is not null ? $"{address}sign-in?token={token}" : address)}");
        }

        if (document.TokenFile is { } file && !isForPerson)
        {
            lines.Line($"The token stands in {file}: ADDRESS/sign-in?token=TOKEN signs a browser in.");
        }

        foreach (string address in document.S3Addresses)
        {
            lines.Line($"S3: {address}");
        }

        foreach (string address in document.WebDavAddresses)
        {
            lines.Line($"WebDAV: {address}");
        }

        lines.Aside($"Ctrl-C ends the service.");
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ServeDocument))]
internal sealed partial class ServeJson : JsonSerializerContext
{
    public static ServeJson Form { get; } = new(JsonForm.Options());
}
