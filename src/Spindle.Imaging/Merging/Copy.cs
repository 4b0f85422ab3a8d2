// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Images;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>An opened partial copy, and the window of it that is being looked at.</summary>
internal sealed class Copy : IDisposable
{
    private readonly ImageFile _image;
    private readonly RescueMapFile _file;
    private MediumLayout? _layout;
    private SectorMap? _map;
    private byte[] _window = [];
    private bool[] _has = [];
    private SectorRange _range;

    /// <param name="source">The image, and where its map was read.</param>
    /// <param name="file">The map.</param>
    /// <param name="sectorSize">Bytes of a sector of the disc.</param>
    public Copy(MergeSource source, RescueMapFile file, int sectorSize)
    {
        _file = file;
        _image = ImageFile.Open(source.Image, sectorSize);
        long read = _file.Blocks.LastOrDefault(block => block.State == SectorState.Finished).End;
        if (read > _image.Length)
        {
            _image.Dispose();
            throw new OperationFailedException(new(
                "image-too-short",
                string.Create(CultureInfo.InvariantCulture, $"{source.Map} says that {read} bytes were read, and {source.Image} has {_image.Length}"),
                "the map is another image's, or the image was cut off"));
        }
    }

    /// <summary>Bytes of the medium, as far as this copy knows.</summary>
    public long Length => Math.Max(_image.Length, _file.Blocks.LastOrDefault().End);

    /// <summary>Bytes of a sector of the disc.</summary>
    public int SectorSize => _image.SectorSize;

    public SectorMap Map => _map ?? throw new InvalidOperationException("the medium is not known yet");

    /// <summary>Puts the map onto the medium that all copies are of.</summary>
    public void Open(MediumLayout layout)
    {
        _layout = layout;
        _map = _file.ToSectorMap(layout.SectorSize, layout.Length);
        _window = new byte[layout.BatchLength];
        _has = new bool[layout.SectorsPerBatch];
    }

    /// <summary>Reads what this copy has of a range; what its storage does not give back, it does not have.</summary>
    public void Load(SectorRange range)
    {
        _range = range;
        Array.Clear(_has);
        long sector = range.Start;
        while (sector < range.End)
        {
            SectorRun run = Map.RunAt(sector);
            SectorRange part = run.Range.Intersect(SectorRange.Between(sector, range.End));
            sector = part.End;
            if (run.State == SectorState.Finished)
            {
                int start = (int)(part.Start - range.Start);
                SectorRead read = _image.Read(part, _window.AsSpan(start * _image.SectorSize));
                Array.Fill(_has, true, start, read.Count);
                sector = read.Count < part.Count ? part.Start + read.Count + 1 : part.End;
            }
        }
    }

    public bool Has(long sector) => _has[sector - _range.Start];

    public ReadOnlyMemory<byte> this[SectorRange part] =>
        _window.AsMemory((int)(part.Start - _range.Start) * _image.SectorSize, _layout!.ByteLength(part));

    public void Dispose() => _image.Dispose();
}
