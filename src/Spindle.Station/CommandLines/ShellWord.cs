// SPDX-License-Identifier: MIT
namespace Spindle.Station.CommandLines;

/// <summary>Words as shells read them.</summary>
public static class ShellWord
{
    private const string PlainCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+@%";

    /// <summary>A word as a POSIX shell needs it.</summary>
    public static string Quote(string word) => word.Length > 0 && word.All(PlainCharacters.Contains)
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
