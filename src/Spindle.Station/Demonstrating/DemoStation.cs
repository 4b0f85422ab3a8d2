// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files;
using Spindle.Imaging.Simulating;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Drives;

namespace Spindle.Station.Demonstrating;

/// <summary>A station to be looked at: two drives that are folders, a stack of discs for each, a few files that are worth an archive.</summary>
public sealed class DemoStation
{
    /// <summary>The variable of the environment that names the folder of simulated drives: what is started with it has these, and no others.</summary>
    public const string Variable = "SPINDLE_SIMULATED_DRIVES";

    /// <summary>Whether the drives of this process are simulated.</summary>
    public static bool IsSimulated => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    private const int Sector = 2048;

    private readonly string _folder;

    private DemoStation(string folder) => _folder = folder;

    /// <summary>The folder of its drives.</summary>
    public string Drives => DrivesIn(_folder);

    /// <summary>The folder in which the service keeps what it knows.</summary>
    public string State => Path.Combine(_folder, "state");

    /// <summary>The files.</summary>
    public string Files => Path.Combine(_folder, "family");

    /// <summary>The catalogue that they are scanned into.</summary>
    public string Catalogue => Path.Combine(_folder, "family.db");

    /// <summary>Where images belong.</summary>
    public string Images => Path.Combine(_folder, "images");

    /// <summary>Makes one.</summary>
    /// <param name="folder">A folder; one that a demonstration was in before is gone on with.</param>
    /// <exception cref="OperationFailedException">It can't be written.</exception>
    public static DemoStation In(string folder)
    {
        DemoStation station = new(Path.GetFullPath(folder));
        if (!Directory.Exists(station.Drives))
        {
            TargetFailure.Told(folder, station.Make);
        }

        return station;
    }

    /// <summary>A machine whose drives are folders.</summary>
    /// <param name="drives">The folder that has a folder for each.</param>
    /// <param name="machine">What else it has.</param>
    public static Equipment EquipmentOf(string drives, Equipment machine)
    {
        SimulatedDrives simulated = new(drives, machine.Time);
        return machine with
        {
            OpenMedium = path => DiscMedium.Of(simulated.Open(path, SourceChoice.Whole)),
            Drives = _ => simulated.All(),
            DrivePaths = simulated.Paths,
            DriveIdentity = simulated.IdentityOf,
            Tray = simulated.Tray,
            Imager = simulated.Imager(),
        };
    }

    private static string DrivesIn(string folder) => Path.Combine(folder, "drives");

    private bool Make()
    {
        // Put together beside, so that nobody finds half of it.
        string making = $"{_folder}.making";
        if (Directory.Exists(making))
        {
            Directory.Delete(making, recursive: true);
        }

        SimulatedDrives drives = new(DrivesIn(making), TimeProvider.System);
        string left = drives.Make("left"), right = drives.Make("right");
        Disc(left, 1, "FAMILY_1998", 24_000_000);
        string scratched = Disc(left, 2, "FAMILY_1999", 16_000_000);
        File.WriteAllText($"{scratched}.bad", "3000 4\n5120 2\n");
        Disc(left, 3, "CHOIR_2003", 20_000_000);
        Disc(right, 1, "MINUTES_04", 30_000_000);
        File.WriteAllText(Path.Combine(right, "02.blank"), "");
        Disc(right, 3, "MINUTES_05", 18_000_000);
        string files = Path.Combine(making, "family");
        foreach ((string name, int length) in new[] { ("1998/beach.jpg", 3_100_000), ("1998/garden.jpg", 2_400_000), ("1999/birthday.jpg", 4_200_000), ("letters/anna.txt", 2_000) })
        {
            string path = Path.Combine(files, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Content(name, length));
        }

        DriveNames names = DriveNames.In(Path.Combine(making, "state"));
        names.Set("simulated-left", "Left drive");
        names.Set("simulated-right", "Right drive");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        if (Directory.Exists(_folder))
        {
            foreach (string part in Directory.EnumerateDirectories(making))
            {
                Directory.Move(part, Path.Combine(_folder, Path.GetFileName(part)));
            }

            Directory.Delete(making, recursive: true);
        }
        else
        {
            Directory.Move(making, _folder);
        }

        return true;
    }

    private static string Disc(string stack, int number, string volume, int length)
    {
        string path = Path.Combine(stack, string.Create(CultureInfo.InvariantCulture, $"{number:D2}.iso"));
        byte[] disc = DemoDisc.Build(volume, length, seed: length + number);
        File.WriteAllBytes(path, disc.AsSpan(0, disc.Length / Sector * Sector));
        return path;
    }

    private static byte[] Content(string name, int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        Encoding.ASCII.GetBytes(name).CopyTo(content, 0);
        return content;
    }
}
