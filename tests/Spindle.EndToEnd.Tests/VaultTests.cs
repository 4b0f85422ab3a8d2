// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>The vault as the programs of others use it: the manual's own words, from the disk onto discs and back.</summary>
public sealed partial class VaultTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly int _port = FreePort(), _drive = FreePort();
    private RunningProgram? _server;

    private string Address => $"http://127.0.0.1:{_port}";

    [Fact]
    public async Task The_clients_of_the_manual_put_objects_that_go_onto_discs_and_come_back()
    {
        string[] clients = ["rclone", "aws", "s3cmd", "restic"];
        Assert.All(clients, client => ForeignTool.PathOf(client));
        string shell = await StartAsync();
        Directory.CreateDirectory(_directory["photos/a é+%"]);
        Files.WriteRandom(_directory["photos/large.bin"], 12 << 20, seed: 24);
        Files.WriteRandom(_directory["photos/a é+%/small.bin"], 1000, seed: 25);
        await File.WriteAllBytesAsync(_directory["photos/empty"], []);
        foreach (string block in Blocks())
        {
            using RunningProgram program = new("bash", ["-ec", $"{shell}\n{block}"], _directory.Path);
            (await program.EndAsync()).EndedWith(0);
        }

        JsonElement cold = await VaultAsync("ls papers", 0);
        Assert.Equal(
            [("photos/a é+%/small.bin", "cold", 2), ("photos/large.bin", "warm", 2)],
            cold.GetProperty("objects").EnumerateArray().Where(one => one.GetProperty("size").GetInt64() > 0).Select(one => (one.GetProperty("key").GetString(), one.GetProperty("state").GetString(), one.GetProperty("copies").GetInt32())));
        Assert.Equal(2, Directory.EnumerateFiles(_directory.Path, "*.iso", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task What_a_killed_service_had_taken_in_is_there_and_what_it_had_not_is_nowhere()
    {
        using (RunningProgram probe = new(ForeignTool.PathOf("python3"), ["-c", "import sys; sys.path.insert(0, '/usr/lib/python3/dist-packages'); import boto3"], _directory.Path))
        {
            Assert.SkipWhen((await probe.EndAsync()).ExitCode != 0, "python3-boto3 is not installed");
        }

        string shell = await StartAsync();
        await File.WriteAllTextAsync(_directory["client.py"], """
            import boto3, sys
            from botocore.config import Config
            address, key, secret, first = sys.argv[1:]
            s3 = boto3.client('s3', endpoint_url=address, aws_access_key_id=key, aws_secret_access_key=secret, region_name='us-east-1', config=Config(retries={'max_attempts': 0}))
            s3.create_bucket(Bucket='bucket')
            content = open('content', 'rb').read()
            for i in range(1000):
                s3.put_object(Bucket='bucket', Key=f'{first}-{i}', Body=content)
                print(f'{first}-{i}', flush=True)
            """);
        Files.WriteRandom(_directory["content"], 1 << 20, seed: 1);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(_directory["content"])));
        Random random = new(24);
        int stored = 0;
        for (int kill = 0; kill < 5; kill++)
        {
            using RunningProgram putting = new("bash", ["-c", $"{shell}\nexec /usr/bin/python3 client.py $address $id $secret {kill}"], _directory.Path);
            await Task.Delay(random.Next(1500, 2500));
            _server!.Kill();
            await _server.EndAsync();
            _server.Dispose();
            string[] told = (await putting.EndAsync()).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await ServeAsync();
            Dictionary<string, string> found = (await VaultAsync("ls bucket", 0)).GetProperty("objects").EnumerateArray().ToDictionary(one => one.GetProperty("key").GetString()!, one => one.GetProperty("sha256").GetString()!);
            Assert.Empty(told.Except(found.Keys)); // what was told to be stored is
            Assert.All(found.Values, hash => Assert.Equal(sha256, hash));
            stored = found.Count;
        }

        Assert.True(stored > 5, $"{stored}");
    }

    public void Dispose()
    {
        _server?.Dispose();
        _directory.Dispose();
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static IEnumerable<string> Blocks() => Block().Matches(File.ReadAllText(Repository.File("docs/manual/vault.md"))).Select(block => block.Groups[1].Value);

    /// <returns>What a shell needs to be a client.</returns>
    private async Task<string> StartAsync()
    {
        await VaultAsync("init --landing landing --copies 2", 0);
        JsonElement key = await VaultAsync("key add me", 0);
        await ServeAsync();
        return $"""
            unset AWS_CA_BUNDLE
            export PATH="{Path.GetDirectoryName(SpindleProgram.Path)}:$PATH" HOME="{_directory.Path}"
            address={Address} drive=http://127.0.0.1:{_drive}/ id={key.GetProperty("accessKeyId").GetString()} secret={key.GetProperty("secretAccessKey").GetString()}
            export RCLONE_CONFIG_VAULT_TYPE=s3 RCLONE_CONFIG_VAULT_PROVIDER=Other RCLONE_CONFIG_VAULT_ENDPOINT=$address
            export RCLONE_CONFIG_VAULT_ACCESS_KEY_ID=$id RCLONE_CONFIG_VAULT_SECRET_ACCESS_KEY=$secret
            """;
    }

    private async Task ServeAsync()
    {
        _server = SpindleProgram.Start(["serve", "--urls", $"http://127.0.0.1:{FreePort()}", "--s3-urls", Address, "--webdav-urls", $"http://127.0.0.1:{_drive}", "--state", _directory["state"]], _directory.Path);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (attempt < 200)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task<JsonElement> VaultAsync(string words, int code)
    {
        ProgramResult result = (await SpindleProgram.RunAsync(["vault", .. words.Split(' '), "--json"], _directory.Path)).EndedWith(code);
        return result.Json;
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
