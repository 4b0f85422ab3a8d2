// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Names;

namespace Spindle.Files.Targets;

/// <summary>Finds out which names a directory takes, by making some: no system says so of each file system that it can write to.</summary>
public static class NameProbe
{
    /// <summary>How the names begin that it makes: whoever finds one that a pulled plug left knows whose it is.</summary>
    public const string Mark = "~spindle-asks-";

    private const string Device = "aux."; // with an end, too, it is the device
    private const string AccentedLetter = "\u00E9";
    private const string LetterAndAccent = "e\u0301";

    /// <summary>Asks a directory that may be written to. It is then as it was.</summary>
    public static NameRules Of(TargetTree directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return NameRules.Windows; // whatever its file systems could hold, its programs know no other names; and a name with a backslash leads elsewhere
        }

        string own = Mark + Guid.NewGuid().ToString("N")[..8];
        List<byte[]> made = [];
        try
        {
            if (!TryMake(own))
            {
                return NameRules.Any; // nothing can be made there: that is told when something is to be
            }

            string[] forbidden = [.. NameRules.WindowsForbidden.Select(character => own + character)];
            string[] others = [own + "a", own + AccentedLetter, own + '\u0001', own + ".", own + " ", Device + own];
            byte[] noText = [.. Bytes(own), 0xFF];
            Array.ForEach(forbidden, name => TryMake(name));
            Array.ForEach(others, name => TryMake(name));
            TryMakeBytes(noText);

            // A name is taken where it is there as it was given: some leave dots and blanks at its end off.
            HashSet<string> there = [.. directory.Names().Where(name => name.AsSpan().IndexOf(Bytes(own)) >= 0).Select(Encoding.Latin1.GetString)];
            return new()
            {
                IsCaseless = IsThere(own + "A"),
                IsNormalising = IsThere(own + LetterAndAccent),
                IsUnicode = !there.Contains(Encoding.Latin1.GetString(noText)),
                Forbidden = string.Concat(forbidden.Where(name => !Listed(name)).Select(name => name[^1])),
                TakesControls = Listed(own + '\u0001'),
                TakesEnds = Listed(own + ".") && Listed(own + " "),
                TakesDevices = Listed(Device + own),
            };

            bool Listed(string name) => there.Contains(Encoding.Latin1.GetString(Bytes(name)));
        }
        finally
        {
            made.ForEach(Remove);
        }

        bool TryMake(string name) => TryMakeBytes(Bytes(name));

        bool TryMakeBytes(byte[] name)
        {
            try
            {
                directory.Create(name, new(0, Mode: 0x180, 0, 0, [])).Dispose();
                made.Add(name);
                return true;
            }
            catch (TargetException)
            {
                return false;
            }
        }

        bool IsThere(string name)
        {
            try
            {
                return directory.Look(Bytes(name)) is not null;
            }
            catch (TargetException)
            {
                return false;
            }
        }

        void Remove(byte[] name)
        {
            try
            {
                directory.Remove(name);
            }
            catch (TargetException)
            {
                // It has taken another name, under which it goes.
            }
        }
    }

    private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name);
}
