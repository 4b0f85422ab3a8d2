// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Restoring.Mounting;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Mounting;

public sealed class ReadingProofTests
{
    private const int Piece = 1000;

    private static readonly byte[] Bytes = TestArchive.Bytes(10_500, 5);

    [Theory]
    [InlineData("0 1 2 3 4 5 6 7 8 9 10")]
    [InlineData("0 2 1 3 5 4 10 9 8 7 6")]
    [InlineData("0 0 1 1 2 3 4 5 6 7 8 9 10")]
    public void Pieces_in_about_their_order_prove_the_file(string order)
    {
        Assert.True(Read(order, Bytes));

        byte[] changed = [.. Bytes];
        changed[5_555] ^= 1;
        Assert.False(Read(order, changed));
    }

    [Fact]
    public void Who_reads_here_and_there_learns_nothing()
    {
        byte[] changed = [.. Bytes];
        changed[0] ^= 1;
        Assert.True(Read("3 4 10 1 2", changed));
    }

    private static bool Read(string order, byte[] bytes)
    {
        using ReadingProof proof = new(HashAlgorithmName.SHA256, SHA256.HashData(Bytes), Bytes.Length);
        bool isRight = true;
        foreach (int piece in order.Split(' ').Select(int.Parse))
        {
            isRight &= proof.Add(piece * Piece, bytes.AsSpan(piece * Piece, Math.Min(Piece, bytes.Length - (piece * Piece))));
        }

        return isRight;
    }
}
