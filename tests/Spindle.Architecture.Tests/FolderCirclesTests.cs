// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Spindle.Architecture.Tests;

/// <summary>Folders of a project form no circle: whoever reads one need not read those that stand on it.</summary>
public sealed partial class FolderCirclesTests
{
    // These are their parent on one system: it chooses among them, and they know its words.
    private static readonly string[] Systems = ["Unix", "Linux", "MacOS", "Windows", "Portable"];

    [Theory]
    [MemberData(nameof(LayeringTests.Projects), MemberType = typeof(LayeringTests))]
    public void Folders_of_a_project_form_no_circle(string project)
    {
        Source[] sources = [.. Repository.Files(Path.Combine("src", project), "*.cs").Select(Source.Read).OfType<Source>()];
        ILookup<string, string> declared = sources.SelectMany(source => source.Types.Select(type => (type, source.Folder))).ToLookup(pair => pair.type, pair => pair.Folder);
        Dictionary<string, Dictionary<string, HashSet<string>>> uses = [];
        foreach (Source source in sources)
        {
            foreach ((string word, string folder) in source.Uses(declared))
            {
                if (Home(folder) != Home(source.Folder))
                {
                    Dictionary<string, HashSet<string>> used = Get(uses, Home(source.Folder));
                    Get(used, Home(folder)).Add(word);
                }
            }
        }

        HashSet<string> left = [.. uses.Keys];
        while (left.RemoveWhere(folder => !uses[folder].Keys.Any(left.Contains)) > 0)
        {
            // What uses nothing that is left is in no circle.
        }

        Assert.True(left.Count == 0, string.Join('\n', left.Order(StringComparer.Ordinal).SelectMany(folder =>
            uses[folder].Where(used => left.Contains(used.Key)).Select(used => $"{folder} uses {used.Key}: {string.Join(", ", used.Value)}"))));
    }

    private static TValue Get<TValue>(Dictionary<string, TValue> all, string key)
        where TValue : new()
    {
        if (!all.TryGetValue(key, out TValue? value))
        {
            all.Add(key, value = new());
        }

        return value;
    }

    private static string Home(string folder) => Systems.Contains(folder[(folder.LastIndexOf('.') + 1)..]) ? folder[..folder.LastIndexOf('.')] : folder;

    /// <summary>A source, as far as names tell: its folder (which is its namespace), the types that it declares, the words outside of comments and strings, and what it sees.</summary>
    private sealed record Source(string Folder, HashSet<string> Types, HashSet<string> Words, HashSet<string> Usings)
    {
        public static Source? Read(string path)
        {
            string text = File.ReadAllText(path);
            return Namespace().Match(text) is not { Success: true } declaration ? null : new(
                declaration.Groups[1].Value,
                [.. Declaration().Matches(text).Select(match => match.Groups[1].Value)],
                [.. Word().Matches(TextOrComment().Replace(text, "")).Select(match => match.Value)],
                [.. Using().Matches(text).Select(match => match.Groups[1].Value)]);
        }

        /// <summary>The types of other folders that it names: one of an enclosing namespace goes before those of usings, as in the language.</summary>
        public IEnumerable<(string Word, string Folder)> Uses(ILookup<string, string> declared)
        {
            foreach (string word in Words.Except(Types))
            {
                string[] folders = [.. declared[word].Distinct()];
                if (Enclosing().FirstOrDefault(folders.Contains) is { } near)
                {
                    yield return (word, near);
                    continue;
                }

                foreach (string folder in folders.Where(Usings.Contains))
                {
                    yield return (word, folder);
                }
            }
        }

        private IEnumerable<string> Enclosing()
        {
            for (string folder = Folder; ; folder = folder[..folder.LastIndexOf('.')])
            {
                yield return folder;
                if (!folder.Contains('.', StringComparison.Ordinal))
                {
                    yield break;
                }
            }
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"//.*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex TextOrComment();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();
}
