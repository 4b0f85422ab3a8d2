// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using System.Text;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Holdings;

/// <summary>What a file is by its name. A name is a claim: what it holds is not looked at.</summary>
public enum FileClass
{
    /// <summary>A picture.</summary>
    Pictures,

    /// <summary>Sound.</summary>
    Sound,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>A program, a part of one, or what installs one.</summary>
    Software,

    /// <summary>Anything else.</summary>
    Data,
}

/// <summary>The table of names. docs/manual/looking-into-discs.md shows it.</summary>
public static class FileClasses
{
    /// <summary>Endings of names, in small letters.</summary>
    internal static IReadOnlyDictionary<FileClass, string[]> Endings { get; } = new Dictionary<FileClass, string[]>
    {
        [FileClass.Pictures] = Words("""
            jpg jpeg jpe jfif jp2 j2k jpx tif tiff png gif bmp dib psd pcd pct pict pcx tga webp heic heif avif jxl ico wmf emf eps svg
            raw dng nef crw cr2 cr3 arw orf rw2 raf pef srw x3f
            """),
        [FileClass.Sound] = Words("wav wave aif aiff aifc au snd mp2 mp3 m4a m4b aac flac ogg oga opus wma ape wv mid midi ra amr ac3 dts dsf dff mka cda"),
        [FileClass.Video] = Words("avi mpg mpeg mpe m1v m2v mp4 m4v mov qt mkv webm wmv asf flv vob evo ts mts m2t m2ts dv divx ogv 3gp 3g2 rm rmvb mxf mod tod"),
        [FileClass.Software] = Words("exe com dll ocx sys vxd drv scr bat cmd msi msp cab dmg pkg deb rpm apk ipa jar so dylib ko"),
    };

    // What a Macintosh keeps of a file beside it, where its name has no ending (Inside Macintosh: Macintosh Toolbox Essentials, 1992, FInfo).
    private static readonly FrozenDictionary<string, FileClass> FinderTypes = new Dictionary<string, FileClass>
    {
        ["JPEG"] = FileClass.Pictures,
        ["TIFF"] = FileClass.Pictures,
        ["PICT"] = FileClass.Pictures,
        ["GIFf"] = FileClass.Pictures,
        ["EPSF"] = FileClass.Pictures,
        ["8BPS"] = FileClass.Pictures,
        ["AIFF"] = FileClass.Sound,
        ["AIFC"] = FileClass.Sound,
        ["MPG3"] = FileClass.Sound,
        ["Midi"] = FileClass.Sound,
        ["MooV"] = FileClass.Video,
        ["MPEG"] = FileClass.Video,
        ["APPL"] = FileClass.Software,
        ["INIT"] = FileClass.Software,
        ["cdev"] = FileClass.Software,
        ["shlb"] = FileClass.Software,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FileClass> ByEnding =
        Endings.SelectMany(pair => pair.Value.Select(ending => (ending, pair.Key))).ToFrozenDictionary(pair => pair.ending, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, FileClass>.AlternateLookup<ReadOnlySpan<char>> Known = ByEnding.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a file is by its name.</summary>
    /// <returns><see cref="FileClass.Data"/> where the name does not tell.</returns>
    public static FileClass Of(ReadOnlySpan<char> name) => Told(name) ?? FileClass.Data;

    /// <summary>What a file is by its name, or by what the Finder keeps of it.</summary>
    internal static FileClass Of(VolumeEntry file) => Told(file.Name)
        ?? (file.FinderInfo.Length >= 4 && FinderTypes.TryGetValue(Encoding.Latin1.GetString(file.FinderInfo.Span[..4]), out FileClass said) ? said : FileClass.Data);

    private static FileClass? Told(ReadOnlySpan<char> name)
    {
        int version = name.LastIndexOf(';');
        name = version > 0 ? name[..version] : name;
        int dot = name.LastIndexOf('.');
        return dot > 0 && Known.TryGetValue(name[(dot + 1)..], out FileClass known) ? known : null;
    }

    private static string[] Words(string text) => text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
