// SPDX-License-Identifier: MIT
using System.Buffers;
using Spindle.Files.Listing;
using Spindle.Files.Mounting.Fuse;
using Spindle.Files.Mounting.Trees;
using Spindle.Media;

namespace Spindle.Files.Mounting;

/// <summary>Answers the kernel's requests from a tree, on as many threads as there is work for, until the drive is taken down.</summary>
/// <remarks>It keeps nothing but what is open: a node is known by its number, and the kernel may forget as it likes.</remarks>
internal sealed class FuseServer
{
    /// <summary>Bytes of the largest request: far more than any that a drive takes that nobody writes to, and no less than the kernel wants (8 KiB).</summary>
    public const int LongestRequest = 64 << 10;

    private const int NotFound = 2, Interrupted = 4, Failed = 5, NotAFile = 9, Invalid = 22, TooSmall = 34, NotKnown = 38, NoAttribute = 61, OtherProtocol = 71, NoSeek = 6, AskAgain = 11; // errno.h
    private const int MostThreads = 32;
    private const int SeekData = 3, SeekHole = 4;
    private const uint OldestMinor = 21; // names with attributes

    private static readonly TimeSpan Long = TimeSpan.FromDays(30), Short = TimeSpan.FromSeconds(1);

    private readonly IFuseChannel _channel;
    private readonly IMountedTree _tree;
    private readonly OpenFiles _files = new();
    private readonly ListingHabits _habits = new();
    private readonly WaitingRequests _waiting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _threads, _idle;
    private Exception? _failure;
    private long _opened, _read, _refused;
    private volatile bool _isEnded;

    /// <param name="channel">The kernel.</param>
    /// <param name="tree">What is shown.</param>
    /// <param name="mayWait">Whether a process waits for content that is away; null where none does.</param>
    public FuseServer(IFuseChannel channel, IMountedTree tree, Func<int, bool>? mayWait)
    {
        (_channel, _tree) = (channel, tree);
        _waiting = new(mayWait);
    }

    /// <summary>Told of what else went wrong; the request that it was failed.</summary>
    public Failure? Problem { get; private set; }

    /// <summary>How often a file was opened, bytes that were read, and how often content was asked for that is not to be had.</summary>
    public (long Opened, long Read, long Refused) Counts => (Interlocked.Read(ref _opened), Interlocked.Read(ref _read), Interlocked.Read(ref _refused));

    /// <summary>The processes that wait.</summary>
    public IReadOnlyList<int> Waiting => _waiting.Processes();

    private TimeSpan Valid => _tree.IsFixed ? Long : Short;

    /// <summary>Answers.</summary>
    /// <returns>Ends when the drive was taken down.</returns>
    /// <exception cref="Exception">A mistake of ours; the drive is there still, and answers nobody.</exception>
    public Task ServeAsync()
    {
        StartThread();
        return _ended.Task;
    }

    /// <summary>Looks again for what is waited for.</summary>
    public void TryWaiting()
    {
        byte[] reply = ArrayPool<byte>.Shared.Rent(FuseReply.HeaderLength + FuseReply.LargestRead);
        foreach (byte[] request in _waiting.Take())
        {
            Answer(request, reply);
        }

        ArrayPool<byte>.Shared.Return(reply);
    }

    /// <summary>Nobody is to wait any more.</summary>
    public void GiveUpWaiting()
    {
        foreach (byte[] request in _waiting.Close())
        {
            Fail(request, Failed);
        }
    }

    private void StartThread()
    {
        lock (_lock)
        {
            if (_isEnded || _threads == MostThreads)
            {
                return;
            }

            _threads++;
            _idle++;
        }

        new Thread(Work) { IsBackground = true, Name = "drive" }.Start();
    }

#pragma warning disable CA1031 // told to who waits for the server
    private void Work()
    {
        byte[] request = new byte[LongestRequest];
        byte[] reply = new byte[FuseReply.HeaderLength + FuseReply.LargestRead];
        int length = 0;
        try
        {
            while (!_isEnded && (length = _channel.Receive(request)) > 0)
            {
                if (Interlocked.Decrement(ref _idle) == 0)
                {
                    StartThread();
                }

                Answer(request.AsSpan(0, length), reply);
                Interlocked.Increment(ref _idle);
            }
        }
        catch (Exception e)
        {
            _failure ??= e;
            Fail(request.AsSpan(0, length), Failed); // who asked is not to wait until the drive is taken down
        }
        finally
        {
            End();
        }
    }
#pragma warning restore CA1031

    private void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            _threads--;
        }

        _files.CloseAll();
        if (_failure is { } failure)
        {
            _ = _ended.TrySetException(failure);
        }
        else
        {
            _ = _ended.TrySetResult();
        }
    }

    private void Fail(ReadOnlySpan<byte> bytes, int error)
    {
        if (FuseRequest.TryParse(bytes, out FuseRequest request))
        {
            Span<byte> reply = stackalloc byte[FuseReply.HeaderLength];
            _channel.Send(reply[..FuseReply.Finish(reply, request.Unique, error, 0)]);
        }
    }

    private void Answer(ReadOnlySpan<byte> bytes, byte[] reply)
    {
        if (!FuseRequest.TryParse(bytes, out FuseRequest request))
        {
            return; // nobody could be answered
        }

        bool isOfContent = request.Operation is FuseOperation.Open or FuseOperation.Read;
        if (isOfContent)
        {
            _waiting.Begin(request.Unique);
        }

        int length = 0;
        int error;
        try
        {
            error = Do(request, reply.AsMemory(FuseReply.HeaderLength), ref length);
        }
        catch (OperationFailedException e)
        {
            Problem ??= e.Failure; // the catalogue can't be read any more, say
            error = Failed;
        }

        if (error == WaitingRequests.Away)
        {
            error = _waiting.Hold(request, bytes, out bool isHeld);
            if (isHeld)
            {
                return;
            }

            Interlocked.Increment(ref _refused);
        }
        else if (isOfContent)
        {
            _waiting.End(request.Unique);
        }

        if (error >= 0)
        {
            _channel.Send(reply.AsSpan(0, FuseReply.Finish(reply, request.Unique, error, length)));
        }
    }

    /// <returns>An error number; 0 for none; <see cref="WaitingRequests.Away"/>, or <see cref="WaitingRequests.NoAnswer"/>.</returns>
    private int Do(in FuseRequest request, Memory<byte> answer, ref int length)
    {
        Span<byte> body = answer.Span;
        switch (request.Operation)
        {
            case FuseOperation.Lookup when request.TryName(out ReadOnlySpan<byte> name):
                MountedNode found = _tree.Find(request.Node, name);
                if (found.Inode != 0 && found.Kind != EntryKind.Directory)
                {
                    _habits.LookedUp(request.Process);
                }

                length = FuseReply.Entry(body, found, Valid);
                return found.Inode == 0 && !_tree.IsFixed ? NotFound : 0; // that there is none holds as long, where nothing changes
            case FuseOperation.GetAttributes:
                MountedNode node = _tree.Get(request.Node);
                length = FuseReply.AttributesOf(body, node, Valid);
                return node.Inode == 0 ? NotFound : 0;
            case FuseOperation.ReadLink:
                byte[]? target = _tree.Target(request.Node);
                target?.CopyTo(body);
                length = target?.Length ?? 0;
                return target is null ? Invalid : 0;
            case FuseOperation.Open:
                return Open(request.Node, body, ref length);
            case FuseOperation.Read when request.TryRead(out ulong handle, out ulong offset, out int wanted):
                return Read(handle, offset, body[..Math.Min(wanted, FuseReply.LargestRead)], ref length);
            case FuseOperation.Release when request.TryNumber(out ulong released):
                _files.Close(released);
                return 0;
            case FuseOperation.Seek when request.TrySeek(out ulong sought, out long from, out int whence):
                return Seek(sought, from, whence, body, ref length);
            case FuseOperation.OpenDirectory:
                _ = _habits.WantsAttributes(request.Process, out bool isKnown);
                length = FuseReply.Opened(body, 0, keepsCached: _tree.IsFixed, keepsNames: _tree.IsFixed && !isKnown); // what it keeps has no attributes
                return 0;
            case FuseOperation.ReleaseDirectory:
                return 0;
            case FuseOperation.ReadDirectory or FuseOperation.ReadDirectoryPlus when request.TryRead(out _, out ulong place, out int room):
                return List(request, place, answer[..Math.Min(room, answer.Length)], ref length);
            case FuseOperation.GetExtendedAttribute when request.TryAttribute(out int limit, out ReadOnlySpan<byte> attribute):
                byte[]? value = attribute.StartsWith("user."u8) ? ValueOf(request.Node, attribute) : null; // else the system asks for what it protects: no disc has that
                return value is null ? NoAttribute : Put(value, limit, body, ref length);
            case FuseOperation.ListExtendedAttributes when request.TryLimit(out int most):
                byte[] names = [.. _tree.Attributes(request.Node).SelectMany(one => one.Name.Append((byte)0))];
                return Put(names, most, body, ref length);
            case FuseOperation.FileSystemStatus:
                length = FuseReply.FileSystemStatus(body, _tree.Totals.Bytes, _tree.Totals.Names);
                return 0;
            case FuseOperation.Initialize when request.TryInitialize(out FuseAbilities kernel):
                length = FuseReply.Initialize(body, kernel);
                return kernel.Major != FuseReply.Major || kernel.Minor < OldestMinor ? OtherProtocol : 0;
            case FuseOperation.Interrupt when request.TryNumber(out ulong unique):
                return Interrupt(unique);
            case FuseOperation.Forget or FuseOperation.ForgetMany:
                return WaitingRequests.NoAnswer;
            case FuseOperation.Destroy:
                return 0;
            default:
                return IsKnown(request.Operation) ? Invalid : NotKnown;
        }
    }

    /// <summary>Whether it was refused for its form only.</summary>
    private static bool IsKnown(FuseOperation operation) => operation != FuseOperation.Flush && Enum.IsDefined(operation);

    private int Open(ulong node, Span<byte> body, ref int length)
    {
        MountedState state = _tree.Open(node, out MountedFile? file);
        if (state != MountedState.Here || file is null)
        {
            return ErrorOf(state);
        }

        Interlocked.Increment(ref _opened);
        length = FuseReply.Opened(body, _files.Add(file), file.KeepsCached);
        return 0;
    }

    private int Read(ulong handle, ulong offset, Span<byte> buffer, ref int length)
    {
        if (_files.Find(handle) is not { } file)
        {
            return NotAFile;
        }

        length = offset >= (ulong)file.Length ? 0 : (int)Math.Min(buffer.Length, file.Length - (long)offset);
        MountedState state = length == 0 ? MountedState.Here : file.Read((long)offset, buffer[..length]);
        Interlocked.Add(ref _read, state == MountedState.Here ? length : 0);
        return state == MountedState.Here ? 0 : ErrorOf(state);
    }

    private int ErrorOf(MountedState state)
    {
        if (state == MountedState.Lost)
        {
            Interlocked.Increment(ref _refused);
        }

        return state switch { MountedState.Away => WaitingRequests.Away, MountedState.Gone => NotFound, _ => Failed };
    }

    private int Seek(ulong handle, long from, int whence, Span<byte> body, ref int length)
    {
        if (_files.Find(handle) is not { } file)
        {
            return NotAFile;
        }

        if (whence is not (SeekData or SeekHole))
        {
            return Invalid;
        }

        if (from >= file.Length)
        {
            return NoSeek;
        }

        IReadOnlyList<(long Offset, long Length)> runs = file.DataRuns ?? [(0, file.Length)];
        long found = from;
        foreach ((long offset, long runLength) in runs)
        {
            bool isInside = found >= offset && found < offset + runLength;
            if (whence == SeekData ? offset + runLength > from : isInside)
            {
                found = whence == SeekData ? Math.Max(from, offset) : offset + runLength;
                if (whence == SeekData)
                {
                    length = FuseReply.Number(body, found);
                    return 0;
                }
            }
        }

        length = FuseReply.Number(body, Math.Min(found, file.Length));
        return whence == SeekData ? NoSeek : 0;
    }

    private int List(in FuseRequest request, ulong place, Memory<byte> room, ref int length)
    {
        bool hasAttributes = request.Operation == FuseOperation.ReadDirectoryPlus;
        bool areWanted = hasAttributes && _habits.WantsAttributes(request.Process, out _);
        NameList names = new(room, hasAttributes ? Valid : null, areWanted);
        if ((place > 0 || names.AddOwn("."u8, request.Node, 1)) && (place > 1 || names.AddOwn(".."u8, request.Node, 2)))
        {
            _tree.List(request.Node, place < 2 ? 0 : place - 2, names);
        }

        _habits.Told(request.Process, names.Count, areWanted);
        length = names.Used;
        return 0;
    }

    private byte[]? ValueOf(ulong node, ReadOnlySpan<byte> name)
    {
        foreach (ExtendedAttribute attribute in _tree.Attributes(node))
        {
            if (name.SequenceEqual(attribute.Name))
            {
                return attribute.Value;
            }
        }

        return null;
    }

    private static int Put(byte[] value, int limit, Span<byte> body, ref int length)
    {
        if (limit == 0)
        {
            length = FuseReply.Number(body, value.Length);
            return 0;
        }

        if (value.Length > limit)
        {
            return TooSmall;
        }

        value.CopyTo(body);
        length = value.Length;
        return 0;
    }

    private int Interrupt(ulong unique)
    {
        byte[]? held = _waiting.Interrupt(unique, out bool isKnown);
        if (held is not null)
        {
            Fail(held, Interrupted);
        }

        return isKnown ? WaitingRequests.NoAnswer : AskAgain; // the thread that has it may not have begun
    }
}
