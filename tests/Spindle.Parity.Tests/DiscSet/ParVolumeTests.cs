// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using Spindle.Parity.DiscSet;
using Spindle.Testing;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class ParVolumeTests
{
    private const uint Parchive = 0x0200_0900;
    private const int ParchivesOffset = 0x240;

    [Fact]
    public void Volumes_are_byte_for_byte_those_of_parchive()
    {
        byte[][] parity = SixDiscs.Parity(3);
        foreach (int number in (int[])[0, 1, 2, 3])
        {
            byte[] volume = Make(number, number == 0 ? [] : parity[number - 1]);

            Assert.Equal(SixDiscs.Sha256Of(number == 0 ? "job.par" : $"job.p0{number}"), Convert.ToHexStringLower(SHA256.HashData(volume)));
        }
    }

    [Fact]
    public void What_is_written_is_read()
    {
        byte[] bytes = Make(2, SixDiscs.Parity(3)[1]);

        ParVolume volume = ParVolume.TryRead(new MemoryStorage(bytes))!;

        Assert.Equal((SetForm.Par1, 2, ParchivesOffset, 40960, Parchive), (volume.Form, volume.Number, volume.DataOffset, volume.DataLength, volume.Program));
        Assert.Equal(SixDiscs.Files.Select(file => (file.Name, file.Length, Convert.ToHexString(file.Md5))), volume.Files.Select(file => (file.Name, file.Length, Convert.ToHexString(file.Md5))));
        Assert.Equal(MD5.HashData(bytes.AsSpan(32)), volume.ControlHash);
    }

    [Fact]
    public void A_further_row_of_our_own_is_no_volume_for_other_programs()
    {
        ParVolume volume = new() { Form = SetForm.Cauchy, Number = 4, Files = SixDiscs.Files, DataLength = 40960 };
        byte[] bytes = [.. volume.HeadBytes(), .. new byte[40960]];

        Assert.True(bytes.AsSpan().StartsWith("SPINSET\0"u8));
        Assert.Equal(SetForm.Cauchy, ParVolume.TryRead(new MemoryStorage(bytes))!.Form);
        Assert.Equal(65536 + 40960, bytes.Length);
    }

    [Theory]
    [InlineData(0, 1)] // the magic
    [InlineData(8, 2)] // version 2
    [InlineData(48, 300)] // number of the volume
    [InlineData(56, 7)] // one file more than the list has
    [InlineData(56, -1)]
    [InlineData(56, long.MaxValue)]
    [InlineData(64, 0)] // the list lies in the head
    [InlineData(64, long.MaxValue)]
    [InlineData(72, long.MaxValue)]
    [InlineData(72, -1)]
    [InlineData(80, long.MaxValue)]
    [InlineData(88, 40959)] // not the longest file's
    [InlineData(88, long.MaxValue)]
    [InlineData(96, 0)] // an entry of no length
    [InlineData(96, 57)] // half a character
    [InlineData(96, long.MaxValue)]
    [InlineData(112, -1)] // a file of negative length
    [InlineData(120, 0)] // an MD5 that the set's hash does not know
    public void What_contradicts_itself_is_no_volume(int at, long value)
    {
        byte[] bytes = Make(1, SixDiscs.Parity(3)[0]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);

        Assert.Null(ParVolume.TryRead(new MemoryStorage(bytes)));
    }

    [Fact]
    public void Any_bytes_are_survived()
    {
        byte[] whole = Make(1, SixDiscs.Parity(3)[0]);
        Random random = Seed.Random();
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = whole[..random.Next(ParchivesOffset + 100)];
            for (int change = random.Next(6); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(Math.Min(bytes.Length, 200))] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(2) * 255);
            }

            ParVolume.TryRead(new MemoryStorage(bytes));
        }
    }

    private static byte[] Make(int number, byte[] data)
    {
        ParVolume volume = new() { Number = number, Files = SixDiscs.Files, DataOffset = ParchivesOffset, DataLength = data.Length, Program = Parchive };
        using IncrementalHash hash = volume.StartControlHash();
        hash.AppendData(data);
        return [.. volume.HeadBytes(hash.GetHashAndReset()), .. data];
    }
}
