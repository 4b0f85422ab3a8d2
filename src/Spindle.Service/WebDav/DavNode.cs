// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml;
using Spindle.Service.S3.Reading;
using Spindle.Vault.Objects;

namespace Spindle.Service.WebDav;

/// <summary>Something of the tree, as it is told.</summary>
/// <param name="Path">From the root, without a slash before it; a folder ends with one, but for the root.</param>
/// <param name="Changed">When it was made or put.</param>
internal sealed record DavNode(string Path, DateTimeOffset Changed)
{
    private const string Dav = "DAV:", OwnCloud = "http://owncloud.org/ns";

    private static readonly string[] Usual = ["resourcetype", "displayname", "creationdate", "getlastmodified", "getcontentlength", "getetag", "getcontenttype"];

    /// <summary>The object; null for a folder.</summary>
    public VaultObject? Object { get; init; }

    /// <summary>Bytes that the vault holds; of the root alone.</summary>
    public long? Used { get; init; }

    /// <summary>Its address, percent-encoded.</summary>
    public string Href => "/" + UriText.Encode(Path, keepsSlash: true);

    /// <summary>Its name.</summary>
    private string Name => Path.TrimEnd('/') is var inner && inner.LastIndexOf('/') is var slash ? inner[(slash + 1)..] : "";

    /// <summary>Tells of it.</summary>
    public void Write(XmlWriter xml, DavRequest request)
    {
        IReadOnlyList<XmlQualifiedName> names = request.Names ?? [.. Usual.Select(name => new XmlQualifiedName(name, Dav))];
        (XmlQualifiedName Name, string? Value)[] found = [.. names.Select(name => (name, ValueOf(name)))];
        xml.WriteStartElement("D", "response", Dav);
        xml.WriteElementString("D", "href", Dav, Href);
        Write(xml, [.. found.Where(one => one.Value is not null)], "HTTP/1.1 200 OK", withValues: !request.NamesOnly);
        if (request.Names is not null && found.Any(one => one.Value is null))
        {
            Write(xml, [.. found.Where(one => one.Value is null)], "HTTP/1.1 404 Not Found", withValues: false);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, IReadOnlyList<(XmlQualifiedName Name, string? Value)> properties, string status, bool withValues)
    {
        xml.WriteStartElement("D", "propstat", Dav);
        xml.WriteStartElement("D", "prop", Dav);
        foreach ((XmlQualifiedName name, string? value) in properties)
        {
            xml.WriteStartElement(name.Namespace == Dav ? "D" : null, name.Name, name.Namespace);
            if (withValues && name.Name == "resourcetype")
            {
                _ = value == "" ? 0 : Collection(xml);
            }
            else if (withValues && name.Name == "checksums")
            {
                xml.WriteElementString("checksum", OwnCloud, value);
            }
            else if (withValues)
            {
                xml.WriteString(value);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteElementString("D", "status", Dav, status);
        xml.WriteEndElement();
    }

    private static int Collection(XmlWriter xml)
    {
        xml.WriteStartElement("D", "collection", Dav);
        xml.WriteEndElement();
        return 0;
    }

    /// <summary>The value of a property; null where it has none.</summary>
    private string? ValueOf(XmlQualifiedName name) => (name.Namespace, name.Name) switch
    {
        (Dav, "resourcetype") => Object is null ? "collection" : "",
        (Dav, "displayname") => Name,
        (Dav, "creationdate") => Changed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        (Dav, "getlastmodified") => Changed.ToString("R", CultureInfo.InvariantCulture),
        (Dav, "getcontentlength") => Object?.Size.ToString(CultureInfo.InvariantCulture),
        (Dav, "getetag") => Object is { } one ? $"\"{one.ETag}\"" : null,
        (Dav, "getcontenttype") => Object is { } kept ? kept.Detail.Headers?.GetValueOrDefault("content-type") ?? "application/octet-stream" : null,
        (Dav, "quota-used-bytes") => Used?.ToString(CultureInfo.InvariantCulture),
        (Dav, "quota-available-bytes") => Used is null ? null : "0", // nothing can be put here
        (OwnCloud, "checksums") => Object is { } whole && !whole.ETag.Contains('-', StringComparison.Ordinal) ? $"MD5:{whole.ETag}" : null,
        _ => null,
    };
}
