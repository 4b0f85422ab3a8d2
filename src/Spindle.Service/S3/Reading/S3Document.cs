// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using Spindle.Service.S3.Answers;

namespace Spindle.Service.S3.Reading;

/// <summary>The documents that clients send: small, without document types, and in whatever order their elements come.</summary>
internal static class S3Document
{
    private const int Deepest = 8;

    private static readonly SearchValues<byte> Controls = SearchValues.Create("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 16 << 20,
        CheckCharacters = false, // keys may hold what XML can't
    };

    /// <summary>The region that a bucket is made for; empty where none is named.</summary>
    public static string Region(byte[] document)
    {
        string region = "";
        Read(document, "CreateBucketConfiguration", (path, text) => region = path == "LocationConstraint" ? text : region);
        return region;
    }

    /// <summary>What is to be deleted.</summary>
    public static (IReadOnlyList<ObjectToDelete> Objects, bool IsQuiet) Deletes(byte[] document)
    {
        List<ObjectToDelete> objects = [];
        (string? key, string? version, bool quiet) = (null, null, false);
        DeleteCondition condition = new();
        Read(document, "Delete", (path, text) =>
        {
            switch (path)
            {
                case "Quiet":
                    quiet = text == "true";
                    break;
                case "Object/Key":
                    key = text;
                    break;
                case "Object/VersionId":
                    version = text;
                    break;
                case "Object/ETag":
                    condition = condition with { ETag = Unquoted(text) };
                    break;
                case "Object/Size":
                    condition = condition with { Size = DeleteCondition.SizeOf(text) ?? throw S3Exception.MalformedXml() };
                    break;
                case "Object/LastModifiedTime":
                    condition = condition with { Modified = DeleteCondition.TimeOf(text) ?? throw S3Exception.MalformedXml() };
                    break;
                case "Object" when text == "":
                    objects.Add(new(key ?? throw S3Exception.MalformedXml(), version, condition));
                    (key, version, condition) = (null, null, new());
                    break;
                default:
                    break;
            }
        });
        return (objects, quiet);
    }

    /// <summary>Of which parts an object is to be made.</summary>
    public static IReadOnlyList<(int Number, string ETag, string? Checksum)> Parts(byte[] document)
    {
        List<(int, string, string?)> parts = [];
        (string? number, string? etag, string? checksum) = (null, null, null);
        Read(document, "CompleteMultipartUpload", (path, text) =>
        {
            switch (path)
            {
                case "Part/PartNumber":
                    number = text;
                    break;
                case "Part/ETag":
                    etag = text;
                    break;
                case "Part" when text == "":
                    parts.Add((int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw S3Exception.MalformedXml(), Unquoted(etag ?? throw S3Exception.MalformedXml()), checksum));
                    (number, etag, checksum) = (null, null, null);
                    break;
                default:
                    checksum = path.StartsWith("Part/Checksum", StringComparison.Ordinal) ? text : checksum;
                    break;
            }
        });
        return parts;
    }

    /// <summary>For how long, and how soon, an object is wanted.</summary>
    /// <returns>Days of null where none are named, a tier of null likewise.</returns>
    public static (int? Days, string? Tier) Restore(byte[] document)
    {
        (int? days, string? tier) = (null, null);
        Read(document, "RestoreRequest", (path, text) =>
        {
            switch (path)
            {
                case "Days":
                    days = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw S3Exception.MalformedXml();
                    break;
                case "GlacierJobParameters/Tier" or "Tier" when text.Length > 0:
                    tier = text;
                    break;
                case "Type" or "SelectParameters" or "OutputLocation":
                    throw S3Exception.NotImplemented(path);
                default:
                    break;
            }
        });
        return (days, tier);
    }

    /// <summary>Whom an access list lets in, and to what.</summary>
    public static IReadOnlyList<(string Grantee, string Permission)> Grants(byte[] document)
    {
        List<(string, string)> grants = [];
        string grantee = "";
        Read(document, "AccessControlPolicy", (path, text) =>
        {
            switch (path)
            {
                case "AccessControlList/Grant/Grantee/ID" or "AccessControlList/Grant/Grantee/URI" or "AccessControlList/Grant/Grantee/EmailAddress":
                    grantee = text;
                    break;
                case "AccessControlList/Grant/Permission":
                    grants.Add((grantee, text));
                    break;
                default:
                    break;
            }
        });
        return grants;
    }

    /// <summary>Without the quotes that most send, and some do not.</summary>
    public static string Unquoted(string etag) => etag.Trim().Trim('"');

    /// <summary>Reads a document, element by element.</summary>
    /// <param name="document">Its bytes.</param>
    /// <param name="root">What its outermost element must be called.</param>
    /// <param name="element">Is given the path of each element below the root, and its text; one that holds others, at its end, with an empty text.</param>
    private static void Read(byte[] document, string root, Action<string, string> element)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(new MemoryStream(Referenced(document)), Settings);
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != root)
            {
                throw S3Exception.MalformedXml();
            }

            Stack<(string Path, bool HoldsOthers)> open = new();
            StringBuilder text = new();
            bool isEmpty = xml.IsEmptyElement;
            while (!isEmpty && xml.Read())
            {
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element:
                        string own = xml.LocalName;
                        if (open.TryPop(out (string Path, bool) above))
                        {
                            own = $"{above.Path}/{own}";
                            open.Push((above.Path, true));
                        }

                        if (open.Count >= Deepest)
                        {
                            throw S3Exception.MalformedXml();
                        }

                        text.Clear();
                        if (xml.IsEmptyElement)
                        {
                            element(own, "");
                        }
                        else
                        {
                            open.Push((own, false));
                        }

                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                        text.Append(xml.Value);
                        break;
                    case XmlNodeType.EndElement when open.TryPop(out (string Path, bool HoldsOthers) ended):
                        element(ended.Path, ended.HoldsOthers ? "" : text.ToString());
                        text.Clear();
                        break;
                    default:
                        break;
                }
            }
        }
        catch (XmlException)
        {
            throw S3Exception.MalformedXml();
        }
    }

    /// <summary>With characters that XML can't have as references, which are read: some clients send them as they are.</summary>
    private static byte[] Referenced(byte[] document)
    {
        if (!document.AsSpan().ContainsAny(Controls))
        {
            return document;
        }

        using MemoryStream text = new(document.Length + 64);
        foreach (byte one in document)
        {
            if (Controls.Contains(one))
            {
                text.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"&#{one};")));
            }
            else
            {
                text.WriteByte(one);
            }
        }

        return text.ToArray();
    }
}
