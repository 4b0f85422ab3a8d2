// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Media;
using Spindle.Parity.Journals;

namespace Spindle.Parity.Tests.Journals;

public sealed class RepairJournalTests
{
    [Fact]
    public void Makes_whole_batches_or_none_wherever_it_was_killed()
    {
        for (int kill = 0; ; kill++)
        {
            MemoryStorage journal = new(new byte[100]) { Lifetime = new() { DiesAt = kill } };
            MemoryStorage one = new(new byte[1000]) { Lifetime = journal.Lifetime };
            MemoryStorage other = new(new byte[1000]) { Lifetime = journal.Lifetime };
            bool killed = false;
            try
            {
                Change(new(journal, 100, [one, other], batchBytes: 300));
            }
            catch (KilledException)
            {
                killed = true;
            }

            byte[][] after = Replay(journal.Content, one.Content, other.Content);

            // Change number n fills ten bytes of one file, then of the other; a batch holds eleven.
            int done = Enumerable.Range(0, 40).Count(n => after[n % 2][n * 10] == n + 1);
            Assert.True(done % 11 == 0 || done == 40, $"killed at change {kill}: {done} changes are made");
            Assert.All(Enumerable.Range(0, done), n => Assert.Equal(Enumerable.Repeat((byte)(n + 1), 10), after[n % 2].Skip(n * 10).Take(10)));
            if (!killed)
            {
                Assert.Equal(40, done);
                return;
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(13)] // one more than there are
    [InlineData(int.MaxValue)]
    public void A_batch_of_impossible_length_is_none(int length)
    {
        byte[] journal = new byte[100 + 12 + 12];
        BinaryPrimitives.WriteInt32LittleEndian(journal.AsSpan(108), length);
        byte[] file = [1, 2, 3];

        Assert.Equal([file, file], Replay(journal, file, file));
    }

    [Fact]
    public void Has_a_header_that_reads_back_or_not_at_all()
    {
        JournalHeader header = new(JournalOperation.Repair, 12345, -1, [.. Enumerable.Range(0, 500).Select(n => new SectorRange(n * 10, 3))]);
        byte[] bytes = header.ToBytes();

        JournalHeader? read = JournalHeader.TryRead(new MemoryStorage(bytes), out int length);

        Assert.Equal(bytes.Length, length);
        Assert.Equal(header.Missing, read!.Missing);
        Assert.Equal((header.Operation, header.ImageLength, header.ParityFileLength), (read.Operation, read.ImageLength, read.ParityFileLength));
        Assert.Null(JournalHeader.TryRead(new MemoryStorage([.. bytes.AsSpan(0, bytes.Length / 2)]), out _));
        for (int position = 0; position < bytes.Length; position += 7)
        {
            byte[] wrong = [.. bytes];
            wrong[position] ^= 0x81;
            Assert.Null(JournalHeader.TryRead(new MemoryStorage(wrong), out _));
        }
    }

    private static void Change(RepairJournal journal)
    {
        byte[] bytes = new byte[10];
        for (int n = 0; n < 40; n++)
        {
            Array.Fill(bytes, (byte)(n + 1));
            journal.Append(n % 2, n * 10, bytes);
        }

        journal.Commit();
    }

    private static byte[][] Replay(byte[] journal, byte[] one, byte[] other)
    {
        MemoryStorage[] files = [new(one), new(other)];
        new RepairJournal(new MemoryStorage(journal), 100, files).Replay();
        return [files[0].Content, files[1].Content];
    }
}
