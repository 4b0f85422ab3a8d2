// SPDX-License-Identifier: MIT
using System.Xml;

namespace Spindle.Service.WebDav;

/// <summary>What a PROPFIND asks for (RFC 4918 §14.20).</summary>
/// <param name="Names">The properties, each with its namespace; null for all.</param>
/// <param name="NamesOnly">Whether their names are enough.</param>
internal sealed record DavRequest(IReadOnlyList<XmlQualifiedName>? Names, bool NamesOnly)
{
    private const int MostNames = 200;
    private const string Dav = "DAV:";

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 20, IgnoreComments = true, IgnoreWhitespace = true };

    /// <summary>Reads a body.</summary>
    /// <param name="body">Its bytes; none asks for all.</param>
    /// <returns>Null where it is no such document.</returns>
    public static DavRequest? Read(byte[] body)
    {
        if (body.Length == 0)
        {
            return new(null, false);
        }

        try
        {
            using XmlReader xml = XmlReader.Create(new MemoryStream(body), Settings);
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "propfind" || xml.NamespaceURI != Dav)
            {
                return null;
            }

            List<XmlQualifiedName>? names = null;
            bool isAll = false, namesOnly = false;
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (xml.Depth == 1 && xml.NamespaceURI == Dav)
                {
                    isAll |= xml.LocalName == "allprop";
                    namesOnly |= xml.LocalName == "propname";
                    names = xml.LocalName == "prop" ? [] : names;
                }
                else if (xml.Depth == 2 && names is not null)
                {
                    names.Add(new(xml.LocalName, xml.NamespaceURI));
                    if (names.Count > MostNames)
                    {
                        return null;
                    }
                }
            }

            return isAll || namesOnly ? new(null, namesOnly) : names is null ? null : new(names, false);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
