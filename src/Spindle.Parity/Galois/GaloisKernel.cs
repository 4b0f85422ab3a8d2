// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Galois;

/// <summary>One way to multiply a matrix by rows of bytes, for one kind of processor.</summary>
/// <remarks>All give the same bytes. Stateless, so any number of threads may use one.</remarks>
internal abstract class GaloisKernel
{
    /// <summary>Every kernel, the fastest first; not all run on every processor.</summary>
    public static IReadOnlyList<GaloisKernel> All { get; } =
        [new Affine512Kernel(), new Affine256Kernel(), new Shuffle256Kernel(), new Shuffle128Kernel(), new ScalarKernel()];

    /// <summary>The fastest kernel that this processor can run.</summary>
    public static GaloisKernel Best { get; } = All.First(kernel => kernel.IsSupported);

    /// <summary>What people call it, such as <c>AVX2 shuffle</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this processor has the instructions.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Lays out a matrix as <see cref="Accumulate"/> reads it.</summary>
    public abstract byte[] Prepare(GaloisMatrix matrix);

    /// <summary>Adds the product of a matrix and source rows to target rows.</summary>
    /// <param name="table">What <see cref="Prepare"/> made.</param>
    /// <param name="memory">First byte of the memory that holds all rows.</param>
    /// <param name="sources">Where each source row starts, in bytes from <paramref name="memory"/>; one a column.</param>
    /// <param name="targets">Where each target row starts; one a row, none overlapping a source.</param>
    /// <param name="length">Bytes of every row, a multiple of <see cref="GaloisProduct.Granularity"/>. The caller checked all bounds.</param>
    public abstract void Accumulate(ReadOnlySpan<byte> table, ref byte memory, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int length);

    /// <summary>Rounds up to whole groups of rows: the last group is filled with rows of zeros, which change nothing.</summary>
    protected static int Groups(int rows, int rowsInGroup) => (rows + rowsInGroup - 1) / rowsInGroup;
}
