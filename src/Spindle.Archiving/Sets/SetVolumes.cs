// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>All volumes of a set in the making.</summary>
internal sealed class SetVolumes : IDisposable
{
    private readonly SetFolder _folder;
    private readonly List<SetVolumeFile> _files = [];

    /// <param name="folder">Where they belong.</param>
    /// <param name="length">Bytes of each row of parity.</param>
    /// <exception cref="OperationFailedException">They can't be written there.</exception>
    public SetVolumes(SetFolder folder, long length)
    {
        _folder = folder;
        Length = length;
        try
        {
            for (int row = 0; row < folder.Rows; row++)
            {
                _files.Add(new(folder.VolumePath(row), length));
            }
        }
        catch (OperationFailedException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows of parity.</summary>
    public int Rows => _folder.Rows;

    /// <summary>Bytes of each row.</summary>
    public long Length { get; }

    /// <summary>Writes parity of one row.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="position">Where it belongs, from the start of the parity; a multiple of a piece.</param>
    /// <param name="bytes">Whole pieces, but for the last of all.</param>
    public void Write(int row, long position, ReadOnlySpan<byte> bytes) => _files[row].Write(position, bytes);

    /// <summary>Makes the volumes whole, reads them back, and writes all that lies beside them.</summary>
    /// <param name="discs">The discs, in the order of their places, each with its digests.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The set's table; and whether all parity is known to have been read back from storage.</returns>
    public (SetTable Table, bool IsReadBack) Finish(IReadOnlyList<(SummedDisc Disc, PieceSums Pieces)> discs, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        ParFile[] list = [.. discs.Select(disc => disc.Disc.File)];
        List<SetParity> parity = [];
        bool isReadBack = true;
        long each = 2 * (ParVolume.UsualDataOffset + Length);
        foreach ((int row, SetVolumeFile file) in _files.Index())
        {
            ParVolume volume = new() { Form = row == 0 ? SetForm.Par1 : _folder.Form, Number = row + 1, Files = list, DataLength = Length };
            (string sha256, bool isStored) = file.Finish(volume, done => progress.Report(new("reading-back", (row * each) + done, Rows * each, WorkProgress.Bytes)), cancellationToken);
            parity.Add(new(row + 1, Path.GetFileName(file.Path), Length, sha256, ParVolume.UsualDataOffset));
            isReadBack &= isStored;
        }

        SetTable table = new()
        {
            Uuid = UuidOf(discs.Select(disc => disc.Disc.Sha256)),
            Form = _folder.Form,
            Length = Length,
            Discs = [.. discs.Select((disc, place) => new SetDisc(disc.Disc.File.Name, disc.Disc.File.Length, disc.Disc.Sha256, SetCode.Coefficients(Rows, place)) { Inner = disc.Disc.Inner })],
            Parity = parity,
        };
        _files.ForEach(file => file.Publish());
        _folder.Write(table, [.. discs.Select(disc => disc.Pieces), .. _files.Select(file => file.Pieces)]);
        return (table, isReadBack);
    }

    /// <summary>Takes away what did not become whole.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    // Of the same discs with as much parity it is the same again, so that all that is made comes out the same, bit for bit.
    private string UuidOf(IEnumerable<string> sums)
    {
        const int eighth = 0x80, variant = 0x80;
        byte[] bytes = SHA256.HashData(Encoding.ASCII.GetBytes($"spindle set {Rows} {string.Join(' ', sums)}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | eighth); // RFC 9562 §5.8: a version for what is made as an application likes
        bytes[8] = (byte)((bytes[8] & 0x3F) | variant);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
