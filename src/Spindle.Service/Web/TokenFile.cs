// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>The token of a service: in a file that its user alone can read, so that it is the same after each start.</summary>
public static class TokenFile
{
    private const int TokenBytes = 16; // 128 bits
    private const int Shortest = 16; // characters of one that somebody chose
    private const int Longest = 1000;
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>That of a station.</summary>
    /// <param name="folder">Where it keeps what it knows of itself.</param>
    public static string In(string folder) => Path.Combine(folder, "token");

    /// <summary>Reads the token; where there is no file, one is drawn and kept.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OperationFailedException"><c>token-unusable</c>: it is too short, can't be read or can't be made.</exception>
    public static string Read(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Make(path);
            string token = File.ReadAllText(path).Trim();
            return token.Length < Shortest ? throw Failures.TokenUnusable(path, $"it has {token.Length} characters, and {Shortest} are the least")
                : token.Length > Longest || token.Any(one => one is <= ' ' or > '~') ? throw Failures.TokenUnusable(path, "it is to be one line of letters, digits and signs of ASCII")
                : token;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failures.TokenUnusable(path, e.Message, e);
        }
    }

    /// <summary>Whether other users of this machine can read the file.</summary>
    public static bool IsSeenByOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0;

    private static void Make(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        // Under another name first: who starts at the same time never sees one that is not whole.
        string part = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.part";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mine; // from its first moment on
        }

        try
        {
            using (FileStream file = new(part, options))
            {
                file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)) + "\n"));
            }

            File.Move(part, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another service that started at the same time drew it.
        }
        finally
        {
            File.Delete(part);
        }
    }
}
