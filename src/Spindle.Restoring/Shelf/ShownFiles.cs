// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Restoring.Shelf;

/// <summary>Where the trees of a disc show files, by their paths. Takes some 70 bytes for each.</summary>
/// <remarks>
/// Several trees, and names that are no text, may show several places for one path: all of them are kept, each once. Paths are
/// known by 128 bits of their SHA-256.
/// </remarks>
internal sealed class ShownFiles
{
    private readonly Dictionary<UInt128, int> _firstPlaces = [];
    private readonly LargeList<Place> _places = new();

    // Files that do not lie in one piece: rare.
    private readonly List<IReadOnlyList<Extent>> _divided = [];

    /// <summary>Adds a file that a tree shows.</summary>
    /// <param name="path">As the tree shows it, which begins with a slash.</param>
    /// <param name="entry">The file. Of one without extents there is nothing to find.</param>
    public void Add(string path, VolumeEntry entry)
    {
        if (entry.Extents.Count == 0)
        {
            return;
        }

        bool isOnePiece = entry.Extents.Zip(entry.Extents.Skip(1)).All(pair => pair.First.End == pair.Second.Position);
        if (!isOnePiece)
        {
            _divided.Add(entry.Extents);
        }

        Add(KeyOf(path), new() { Position = entry.Extents[0].Position, Length = entry.Size, Divided = isOnePiece ? -1 : _divided.Count - 1 });
    }

    /// <summary>Says that what is shown under one path is to be found under another one, too.</summary>
    /// <param name="path">The other one.</param>
    /// <param name="shown">The path that a tree shows.</param>
    public void AddName(string path, string shown)
    {
        for (int index = FirstOf(KeyOf(shown)); index >= 0; index = _places[index].Next)
        {
            Add(KeyOf(path), _places[index]);
        }
    }

    /// <summary>Where a file may lie.</summary>
    /// <param name="path">Its path, which begins with a slash.</param>
    /// <returns>Bytes on the medium where it begins, bytes of it, and its extents where it does not lie in one piece.</returns>
    public IEnumerable<(long Position, long Length, IReadOnlyList<Extent>? Divided)> Find(string path)
    {
        for (int index = FirstOf(KeyOf(path)); index >= 0; index = _places[index].Next)
        {
            Place place = _places[index];
            yield return (place.Position, place.Length, place.Divided < 0 ? null : _divided[place.Divided]);
        }
    }

    private int FirstOf(UInt128 path) => _firstPlaces.GetValueOrDefault(path, -1);

    private void Add(UInt128 path, Place place)
    {
        int last = -1;
        for (int index = FirstOf(path); index >= 0; index = _places[index].Next)
        {
            if (_places[index].Position == place.Position && _places[index].Length == place.Length && _places[index].Divided == place.Divided)
            {
                return;
            }

            last = index;
        }

        _places.Add(place with { Next = -1 });
        if (last < 0)
        {
            _firstPlaces[path] = _places.Count - 1;
        }
        else
        {
            _places[last].Next = _places.Count - 1;
        }
    }

    private static UInt128 KeyOf(string path)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(path), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private struct Place
    {
        public long Position;
        public long Length;

        /// <summary>Number of its extents; -1 where it lies in one piece.</summary>
        public int Divided;

        /// <summary>The next place of the same path; -1 after the last.</summary>
        public int Next;
    }
}
