from trigpoint.metadata.document import Document, Header, Origin, read
from trigpoint.metadata.fields import FIELDS, explain
