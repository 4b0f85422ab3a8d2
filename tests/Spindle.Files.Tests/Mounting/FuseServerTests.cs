// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Spindle.Files.Mounting;
using Spindle.Files.Mounting.Trees;
using Spindle.Files.Tests.Mounting.Fuse;
using Spindle.Files.Tests.Mounting.Trees;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Files.Tests.Mounting;

/// <summary>Requests in, answers out: without a kernel.</summary>
public sealed class FuseServerTests : IDisposable
{
    private const int Failed = -5, NotFound = -2, Interrupted = -4, NoAttribute = -61, TooSmall = -34, NotKnown = -38, Invalid = -22, NoSeek = -6, AskAgain = -11, OtherProtocol = -71;

    private readonly Channel _channel = new();

    [Fact]
    public async Task Files_are_found_opened_and_read_to_their_end()
    {
        FuseServer server = Serve(new SmallTree(3));

        Assert.Equal((0, SmallTree.Inode(1)), ErrorAndNumber(await AskAsync(Requests.Lookup("file1"))));
        (int error, ulong handle) = ErrorAndNumber(await AskAsync(Requests.Open(SmallTree.Inode(1))));
        byte[] end = await AskAsync(Requests.Read(15, SmallTree.Inode(1), handle, 299_000, 131_072));

        Assert.Equal(0, error);
        Assert.Equal(SmallTree.Content[299_000..], end[16..]);
        Assert.Equal(16, (await AskAsync(Requests.Read(15, SmallTree.Inode(1), handle, ulong.MaxValue, 4096))).Length);
        Assert.Equal((1, 1000, 0), server.Counts);
        Assert.Equal(-9, Error(await AskAsync(Requests.Read(15, 3, 12345, 0, 10)))); // EBADF
    }

    [Fact]
    public async Task What_is_not_there_is_so_for_good_where_nothing_changes()
    {
        Serve(new SmallTree(3));

        Assert.Equal((0, 0UL), ErrorAndNumber(await AskAsync(Requests.Lookup("nothing")))); // node 0: there is none
        Assert.Equal(NotFound, Error(await AskAsync(Requests.Of(3, 2, 99_999, new byte[16]))));
    }

    [Fact]
    public async Task What_is_not_there_is_asked_for_again_where_it_may_come()
    {
        Serve(new SmallTree(3) { IsFixed = false });

        Assert.Equal(NotFound, Error(await AskAsync(Requests.Lookup("nothing"))));
    }

    [Theory]
    [InlineData(28)]
    [InlineData(44)]
    public async Task A_directory_is_told_in_pieces_each_name_once(uint opcode)
    {
        Serve(new SmallTree(1000));
        List<string> names = [];
        for (ulong place = 0; ;)
        {
            byte[] answer = (await AskAsync(Requests.Read(opcode, 1, 0, place, 4096)))[16..];
            if (answer.Length == 0)
            {
                break;
            }

            for (int at = 0; at < answer.Length;)
            {
                at += opcode == 44 ? 128 : 0;
                int length = BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(at + 16));
                place = BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(at + 8));
                names.Add(Encoding.UTF8.GetString(answer, at + 24, length));
                at += (24 + length + 7) & ~7;
            }
        }

        Assert.Equal([".", "..", .. Enumerable.Range(0, 1000).Select(i => $"file{i}"), "link"], names);
    }

    [Fact]
    public async Task Content_that_is_away_fails_at_once_where_nobody_waits()
    {
        FuseServer server = Serve(new SmallTree(3) { State = MountedState.Away });

        Assert.Equal(Failed, Error(await AskAsync(Requests.Open(2))));
        Assert.Equal((0, 0, 1), server.Counts);
    }

    [Fact]
    public async Task Content_that_is_away_is_waited_for_and_all_else_goes_on()
    {
        SmallTree tree = new(3) { State = MountedState.Away };
        FuseServer server = Serve(tree, _ => true);
        Task<byte[]> open = AskAsync(Requests.Open(2, unique: 100, process: 77));

        Assert.Equal(0, Error(await AskAsync(Requests.Lookup("file0"))));
        await WaitForAsync(() => server.Waiting.Count == 1);
        Assert.Equal([77], server.Waiting);
        server.TryWaiting();
        Assert.False(open.IsCompleted);

        tree.State = MountedState.Here;
        server.TryWaiting();
        Assert.Equal(0, Error(await open));
        Assert.Empty(server.Waiting);
    }

    [Fact]
    public async Task Who_is_interrupted_does_not_wait_any_more()
    {
        FuseServer server = Serve(new SmallTree(3) { State = MountedState.Away }, _ => true);
        Task<byte[]> open = AskAsync(Requests.Open(2, unique: 100));
        await WaitForAsync(() => server.Waiting.Count == 1);

        _channel.Requests.Add(Requests.Interrupt(100));

        Assert.Equal(Interrupted, Error(await open));
    }

    [Fact]
    public async Task An_interruption_of_what_nobody_knows_of_is_to_come_again()
    {
        Serve(new SmallTree(3));

        Assert.Equal(AskAgain, Error(await AskAsync(Requests.Interrupt(500), 501)));
    }

    [Fact]
    public async Task Reading_waits_too_and_fails_when_the_drive_is_taken_down()
    {
        SmallTree tree = new(3) { ReadState = MountedState.Away };
        FuseServer server = Serve(tree, _ => true);
        (_, ulong handle) = ErrorAndNumber(await AskAsync(Requests.Open(2)));
        Task<byte[]> read = AskAsync(Requests.Read(15, 2, handle, 0, 4096, unique: 200));
        await WaitForAsync(() => server.Waiting.Count == 1);

        server.GiveUpWaiting();

        Assert.Equal(Failed, Error(await read));
        Assert.Equal(Failed, Error(await AskAsync(Requests.Read(15, 2, handle, 0, 4096, unique: 202)))); // and nobody waits from then on
    }

    [Fact]
    public async Task Attributes_are_told_by_size_and_by_value()
    {
        Serve(new SmallTree(3));

        Assert.Equal((0, 3UL), ErrorAndNumber(await AskAsync(Requests.GetAttribute(2, "user.one", 0))));
        Assert.Equal([1, 2, 3], (await AskAsync(Requests.GetAttribute(2, "user.one", 3)))[16..]);
        Assert.Equal(TooSmall, Error(await AskAsync(Requests.GetAttribute(2, "user.one", 2))));
        Assert.Equal(NoAttribute, Error(await AskAsync(Requests.GetAttribute(2, "user.three", 9))));
        Assert.Equal(NoAttribute, Error(await AskAsync(Requests.GetAttribute(2, "security.capability", 9))));
        Assert.Equal("user.one\0user.two\0", Encoding.ASCII.GetString((await AskAsync(Requests.Of(23, 8, 2, Requests.Numbers(4, 100, 0))))[16..]));
    }

    [Theory]
    [InlineData(0, 3, 100)] // SEEK_DATA
    [InlineData(150, 3, 150)]
    [InlineData(200, 3, 1000)]
    [InlineData(0, 4, 0)] // SEEK_HOLE
    [InlineData(100, 4, 200)]
    [InlineData(1500, 4, 2000)]
    public async Task Holes_are_where_they_were(ulong from, uint whence, ulong found)
    {
        Serve(new SmallTree(3) { Runs = [(100, 100), (1000, 1000)] });
        (_, ulong handle) = ErrorAndNumber(await AskAsync(Requests.Open(2)));

        Assert.Equal((0, found), ErrorAndNumber(await AskAsync(Requests.Seek(handle, from, whence))));
        Assert.Equal(NoSeek, Error(await AskAsync(Requests.Seek(handle, 2000, 3))));
        Assert.Equal(NoSeek, Error(await AskAsync(Requests.Seek(handle, 300_000, whence))));
    }

    [Fact]
    public async Task What_writes_or_is_not_known_or_not_understood_is_refused()
    {
        Serve(new SmallTree(3));

        Assert.Equal(NotKnown, Error(await AskAsync(Requests.Of(16, 2, 2, new byte[60]))));
        Assert.Equal(NotKnown, Error(await AskAsync(Requests.Of(9999, 2, 2, []))));
        Assert.Equal(Invalid, Error(await AskAsync(Requests.Of(15, 2, 2, new byte[8]))));
        Assert.Equal(OtherProtocol, Error(await AskAsync(Requests.Initialize(major: 8))));
        Assert.Equal(OtherProtocol, Error(await AskAsync(Requests.Initialize(minor: 12))));
        Assert.Equal(0, Error(await AskAsync(Requests.Initialize())));
    }

    [Fact]
    public async Task A_catalogue_that_fails_fails_the_request_and_is_told_of()
    {
        FuseServer server = Serve(new SmallTree(3) { Failure = new OperationFailedException(new Failure("catalogue-damaged", "it is damaged", "mend it")) });

        Assert.Equal(Failed, Error(await AskAsync(Requests.Lookup("file1"))));
        Assert.Equal("catalogue-damaged", server.Problem?.Code);
    }

    [Fact]
    public async Task A_mistake_ends_it_and_is_not_hidden()
    {
        FuseServer server = new(_channel, new SmallTree(3) { Failure = new InvalidOperationException("a mistake") }, null);
        Task ended = server.ServeAsync();
        _channel.Requests.Add(Requests.Lookup("file1"));

        Assert.Equal("a mistake", (await Assert.ThrowsAsync<InvalidOperationException>(() => ended)).Message);
    }

    [Fact]
    public void Whatever_comes_it_is_answered_or_left()
    {
        Random random = Seed.Random();
        byte[][] seeds = [Requests.Lookup("file1"), Requests.Open(2), Requests.Read(15, 2, 1, 0, 100), Requests.Read(44, 1, 0, 0, 4096), Requests.Read(28, 1, 0, 0, 4096), Requests.GetAttribute(2, "user.one", 10), Requests.Seek(1, 0, 3), Requests.Initialize(), Requests.Interrupt(4)];
        Serve(new SmallTree(10), _ => random.Next(2) == 0);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] request = [.. seeds[random.Next(seeds.Length)]];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                request[random.Next(4, request.Length)] = (byte)random.Next(256);
            }

            if (random.Next(4) == 0)
            {
                request = request[..random.Next(request.Length + 1)];
            }

            if (random.Next(8) != 0 && request.Length >= 4)
            {
                BinaryPrimitives.WriteInt32LittleEndian(request, request.Length);
            }

            _channel.Requests.Add(request);
        }

        Assert.True(SpinWait.SpinUntil(() => _channel.Requests.Count == 0 || _channel.Ended?.IsCompleted == true, TimeSpan.FromSeconds(60)));
        Assert.True(_channel.Ended is { IsFaulted: false }, $"{_channel.Ended?.Exception}");
    }

    public void Dispose() => _channel.Requests.Dispose();

    private static int Error(byte[] answer) => BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(4));

    private static (int Error, ulong Number) ErrorAndNumber(byte[] answer) => (Error(answer), answer.Length < 24 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(16)));

    private static async Task WaitForAsync(Func<bool> isSo)
    {
        for (int attempt = 0; !isSo() && attempt < 1000; attempt++)
        {
            await Task.Delay(5);
        }

        Assert.True(isSo());
    }

    private FuseServer Serve(SmallTree tree, Func<int, bool>? mayWait = null)
    {
        FuseServer server = new(_channel, tree, mayWait);
        _channel.Ended = server.ServeAsync();
        return server;
    }

    private Task<byte[]> AskAsync(byte[] request, ulong? unique = null)
    {
        TaskCompletionSource<byte[]> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel.Answers[unique ?? BinaryPrimitives.ReadUInt64LittleEndian(request.AsSpan(8))] = answer;
        _channel.Requests.Add(request);
        return WaitAsync(answer.Task);
    }

    private async Task<byte[]> WaitAsync(Task<byte[]> answer)
    {
        if (await Task.WhenAny(answer, _channel.Ended!, Task.Delay(TimeSpan.FromSeconds(30))) != answer)
        {
            await _channel.Ended!.WaitAsync(TimeSpan.Zero); // a mistake of the server is what the test is told of
        }

        return await answer;
    }

    private sealed class Channel : IFuseChannel
    {
        public BlockingCollection<byte[]> Requests { get; } = [];

        public ConcurrentDictionary<ulong, TaskCompletionSource<byte[]>> Answers { get; } = [];

        public Task? Ended { get; set; }

        public int Receive(Span<byte> buffer)
        {
            try
            {
                byte[] request = Requests.Take();
                request.CopyTo(buffer);
                return Math.Max(1, request.Length);
            }
            catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
            {
                return 0;
            }
        }

        public void Send(ReadOnlySpan<byte> reply)
        {
            if (Answers.TryRemove(BinaryPrimitives.ReadUInt64LittleEndian(reply[8..]), out TaskCompletionSource<byte[]>? answer))
            {
                answer.SetResult(reply.ToArray());
            }
        }
    }
}
