// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spindle.Service.Orders;

/// <summary>The texts of a request by their keys, such as <c>what.sources[]</c>.</summary>
internal static class RequestTexts
{
    private const string List = "[]";

    /// <summary>All texts that a key names, in order; none where it is not there.</summary>
    public static IReadOnlyList<string> Get(JsonNode? request, string key)
    {
        List<string> texts = [];
        Visit(request, key, text =>
        {
            texts.Add(text);
            return text;
        });
        return texts;
    }

    /// <summary>Changes all texts that a key names.</summary>
    /// <param name="request">The request, which is changed.</param>
    /// <param name="key">The key.</param>
    /// <param name="change">What becomes of each.</param>
    public static void Change(JsonNode? request, string key, Func<string, string> change) => Visit(request, key, change);

    private static void Visit(JsonNode? node, string key, Func<string, string> change)
    {
        int dot = key.IndexOf('.', StringComparison.Ordinal);
        string name = dot < 0 ? key : key[..dot];
        string rest = dot < 0 ? "" : key[(dot + 1)..];
        bool isList = name.EndsWith(List, StringComparison.Ordinal);
        name = isList ? name[..^List.Length] : name;
        if (node is not JsonObject all || all[name] is not { } found)
        {
            return;
        }

        if (!isList)
        {
            Step(found, rest, change, changed => all[name] = changed);
        }
        else if (found is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                int place = i;
                Step(list[i], rest, change, changed => list[place] = changed);
            }
        }
    }

    private static void Step(JsonNode? node, string rest, Func<string, string> change, Action<string> set)
    {
        if (rest.Length > 0)
        {
            Visit(node, rest, change);
        }
        else if (node is JsonValue && node.GetValueKind() == JsonValueKind.String)
        {
            string text = node.GetValue<string>();
            string changed = change(text);
            if (!ReferenceEquals(changed, text))
            {
                set(changed);
            }
        }
    }
}
